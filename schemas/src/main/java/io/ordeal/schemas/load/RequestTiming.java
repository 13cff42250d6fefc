package io.ordeal.schemas.load;

import java.util.Map;
import java.util.Optional;

/// One finished attempt of one request. Instants follow from differences: scheduled = ended - response, sent =
/// scheduled + delay.
/// The W3C trace id is derived from run, segment, epoch and index, so it is not stored.
///
/// @param sequence 0, 1, 2 ... in order of publishing within segment and epoch: a gap is a loss, a repetition a
/// duplicate.
/// @param index Index of the attempt in order of sending within segment and epoch.
/// @param phase Index of the phase in which it was scheduled.
/// @param request Index of the request within the run.
/// @param attempt 0 for the first attempt.
/// @param ended Microseconds since the epoch.
/// @param response From the scheduled instant to the end, microseconds: the headline latency.
/// @param delay From the scheduled instant until it was sent, microseconds, waiting for a connection included.
/// @param blocked Waiting for a connection, microseconds; part of `delay`.
/// @param connect Opening the connection, microseconds, 0 when it was open; part of `delay`.
/// @param tls TLS handshake, microseconds; part of `delay`.
/// @param firstByte From sent to the first byte of the answer, microseconds; 0 when none came.
/// @param status HTTP status, 0 when there was no answer.
/// @param bytesOut Bytes of the request's body.
/// @param bytesIn Bytes of the answer's body.
/// @param measures What the scenario measured itself, for instance tokens per second.
public record RequestTiming(
        long sequence,
        long index,
        int phase,
        int request,
        int user,
        int attempt,
        long ended,
        long response,
        long delay,
        int blocked,
        int connect,
        int tls,
        long firstByte,
        Outcome outcome,
        int status,
        int bytesOut,
        int bytesIn,
        Optional<Map<String, Double>> measures)
        implements TimingEvent {}
