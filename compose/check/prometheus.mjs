// The few calls of Prometheus' HTTP API that the checks make.

async function call(base, path, parameters) {
  const response = await fetch(`${base}/api/v1/${path}`, { method: "POST", body: new URLSearchParams(parameters) });
  const answer = await response.json();
  if (answer.status !== "success") throw new Error(answer.error);
  return answer;
}

/** Prometheus' own parser: from PromQL to its syntax tree. */
export const parser = (base) => async (query) => (await call(base, "parse_query", { query })).data;

/** The answer over the last `seconds`, a point every `step` seconds. Warnings and hints come with it. */
export async function overTime(base, query, seconds, step) {
  const end = Date.now() / 1000;
  return call(base, "query_range", { query, start: end - seconds, end, step });
}
