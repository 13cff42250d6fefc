# shellcheck shell=bash disable=SC2034
# Shared by the scripts of compose/: where things are kept, and where Debian's archive is. Sourced, never run.
set -euo pipefail

compose_dir=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
# Everything downloaded or built by these scripts lies here, and may be deleted at any time.
cache=${ORDEAL_CACHE:-$HOME/.cache/ordeal}
# The version that the project's parent POM names.
version_of() { sed -n "s|.*<$1.version>\(.*\)</$1.version>.*|\1|p" "$compose_dir/../pom.xml"; }

# The images that take the place of the official ones; see compose/stand-in/images.
base_image=ordeal-stand-in/jre:25
debian_image=ordeal-stand-in/debian:trixie
kafka_image=ordeal-stand-in/kafka:$(version_of kafka)
registry_image=ordeal-stand-in/registry:$(version_of apicurio.registry)
prometheus_image=ordeal-stand-in/prometheus:forky

say() { printf '%s\n' "$*" >&2; }

die() {
  say "error: $*"
  exit 1
}

# Ends the script unless each named command is there.
need() {
  local missing=()
  for tool in "$@"; do command -v "$tool" >/dev/null || missing+=("$tool"); done
  ((${#missing[@]} == 0)) || die "not found: ${missing[*]}. On Debian: apt-get install docker.io docker-compose debootstrap nodejs npm maven"
}

# The address of Debian's archive, as this machine's apt knows it.
mirror() {
  if [[ -n ${ORDEAL_DEBIAN_MIRROR:-} ]]; then
    echo "$ORDEAL_DEBIAN_MIRROR"
    return
  fi
  local found
  # shellcheck disable=SC2016
  found=$(apt-get indextargets --format '$(SITE) $(RELEASE)' 'Created-By: Packages' 2>/dev/null \
    | awk '$1 ~ /\/debian\/?$/ {print $1; exit}')
  [[ -n $found ]] || die "apt knows no Debian archive; set ORDEAL_DEBIAN_MIRROR to the address of one"
  echo "${found%/}"
}

# A temporary directory that is gone when the script ends.
scratch() {
  mktemp -d "${TMPDIR:-/tmp}/ordeal.XXXXXX"
}

# Starts Prometheus with a configuration file on a free port, and says when it answers: start_prometheus CONFIG FOLDER.
# Sets prometheus_url and prometheus_pid; the caller ends the process.
start_prometheus() {
  local binary port
  binary=$("$compose_dir/stand-in/packages" forky prometheus promtool)/usr/bin/prometheus
  port=$(node -e 'const s = require("net").createServer().listen(0, "127.0.0.1", () => { console.log(s.address().port); s.close(); })')
  prometheus_url=http://127.0.0.1:$port
  "$binary" --config.file="$1" --storage.tsdb.path="$2/tsdb" --web.listen-address="127.0.0.1:$port" \
    --enable-feature=native-histograms --log.level=warn >"$2/prometheus.log" 2>&1 &
  prometheus_pid=$!
  for _ in {1..50}; do
    if (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null && node -e "fetch('$prometheus_url/-/ready').then(r => process.exit(r.ok ? 0 : 1), () => process.exit(1))"; then
      return
    fi
    kill -0 "$prometheus_pid" 2>/dev/null || break
    sleep 0.2
  done
  cat "$2/prometheus.log" >&2
  die "Prometheus did not start"
}
