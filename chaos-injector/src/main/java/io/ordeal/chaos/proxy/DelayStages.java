package io.ordeal.chaos.proxy;

import io.netty.buffer.ByteBuf;
import java.util.SplittableRandom;

/// The stages that let bytes pass later, or not at all.
final class DelayStages {
    /// A throttled stream passes bytes this many times a second.
    private static final long PIECES_PER_SECOND = 50;

    private DelayStages() {}

    /// Returns the strength at `now`, 0 to 1, of what has grown since `since` over `nanos`.
    private static double strength(long now, long since, long nanos) {
        return nanos == 0 ? 1 : Math.clamp((double) (now - since) / nanos, 0.0, 1.0);
    }

    /// [Effect.Latency].
    static final class Latency extends QueueStage {
        private final long since;
        private final SplittableRandom random;
        private Effect.Latency effect;

        Latency(Toxic toxic, Effect.Latency effect, Lane lane) {
            super(toxic.name(), lane);
            this.since = toxic.since();
            this.random = lane.random(toxic);
            this.effect = effect;
        }

        @Override
        long delay(boolean end, long now) {
            long jitter = Math.max(0, effect.jitterNanos());
            long spread = jitter == 0 ? 0 : random.nextLong(-jitter, jitter + 1);
            return (long) (Math.max(0, effect.nanos() + spread) * strength(now, since, effect.rampNanos()));
        }

        @Override
        void update(Effect next) {
            if (next instanceof Effect.Latency latency && !latency.equals(effect)) {
                effect = latency;
                redo();
            }
        }

        @Override
        boolean roomy() {
            return true;
        }
    }

    /// [Effect.Loss].
    static final class Loss extends QueueStage {
        private final SplittableRandom random;
        private Effect.Loss effect;

        Loss(Toxic toxic, Effect.Loss effect, Lane lane) {
            super(toxic.name(), lane);
            this.random = lane.random(toxic);
            this.effect = effect;
        }

        @Override
        long delay(boolean end, long now) {
            return !end && random.nextDouble() < effect.part() ? Math.max(0, effect.stallNanos()) : 0;
        }

        @Override
        void update(Effect next) {
            if (next instanceof Effect.Loss loss) {
                effect = loss;
            }
        }
    }

    /// [Effect.SlowClose].
    static final class SlowClose extends QueueStage {
        private Effect.SlowClose effect;

        SlowClose(Toxic toxic, Effect.SlowClose effect, Lane lane) {
            super(toxic.name(), lane);
            this.effect = effect;
        }

        @Override
        long delay(boolean end, long now) {
            return end ? Math.max(0, effect.nanos()) : 0;
        }

        @Override
        void update(Effect next) {
            if (next instanceof Effect.SlowClose slow && !slow.equals(effect)) {
                effect = slow;
                redo();
            }
        }
    }

    /// [Effect.Stall].
    static final class Stall extends QueueStage {
        Stall(Toxic toxic, Lane lane) {
            super(toxic.name(), lane);
        }

        @Override
        long passesAt(Held head, int piece, long now) {
            return NEVER;
        }
    }

    /// [Effect.Bandwidth].
    static final class Bandwidth extends QueueStage {
        private final long since;
        private Effect.Bandwidth effect;
        private long freeAt = System.nanoTime();

        Bandwidth(Toxic toxic, Effect.Bandwidth effect, Lane lane) {
            super(toxic.name(), lane);
            this.since = toxic.since();
            this.effect = effect;
        }

        @Override
        int piece(ByteBuf head, long now) {
            long rate = rateAt(now);
            int length = head.readableBytes();
            return rate == NEVER ? length : (int) Math.clamp(rate / PIECES_PER_SECOND, 1, (long) length);
        }

        @Override
        long passesAt(Held head, int piece, long now) {
            long rate = rateAt(now);
            if (rate <= 0) {
                return NEVER;
            }
            if (rate == NEVER || piece == 0) {
                return head.due();
            }
            long start = freeAt - head.due() > 0 ? freeAt : head.due();
            return start + (long) (piece * 1e9 / rate);
        }

        @Override
        void passed(long at) {
            freeAt = at;
        }

        @Override
        void update(Effect next) {
            if (next instanceof Effect.Bandwidth bandwidth && !bandwidth.equals(effect)) {
                effect = bandwidth;
                freeAt = System.nanoTime();
                redo();
            }
        }

        /// Returns the limit at `now`, bytes per second, or [QueueStage#NEVER] for none: while it sets in, it falls
        /// from
        /// no limit to its own.
        private long rateAt(long now) {
            double strength = strength(now, since, effect.rampNanos());
            return strength < 1e-3 ? NEVER : (long) Math.ceil(effect.bytesPerSecond() / strength);
        }
    }

    /// [Effect.Slice].
    static final class Slice extends QueueStage {
        private final SplittableRandom random;
        private Effect.Slice effect;
        private long freeAt = System.nanoTime();
        private long drawn;

        Slice(Toxic toxic, Effect.Slice effect, Lane lane) {
            super(toxic.name(), lane);
            this.random = lane.random(toxic);
            this.effect = effect;
        }

        @Override
        int piece(ByteBuf head, long now) {
            if (drawn == 0) {
                drawn = draw();
            }
            return (int) Math.min(drawn, head.readableBytes());
        }

        private long draw() {
            long size = Math.max(0, effect.size());
            long variation = Math.clamp(effect.variation(), 0, Integer.MAX_VALUE);
            if (size == 0 && variation == 0) {
                return Integer.MAX_VALUE;
            }
            long spread = variation == 0 ? 0 : random.nextLong(-variation, variation + 1);
            return Math.clamp(Math.min(size, Integer.MAX_VALUE) + spread, 1, (long) Integer.MAX_VALUE);
        }

        @Override
        long passesAt(Held head, int piece, long now) {
            return freeAt - head.due() > 0 ? freeAt : head.due();
        }

        @Override
        void passed(long at) {
            // Each piece must leave by itself: the one before it goes first.
            lane().flush();
            freeAt = at + Math.clamp(effect.pauseNanos(), 0, Long.MAX_VALUE / 4);
            drawn = 0;
        }

        @Override
        void update(Effect next) {
            if (next instanceof Effect.Slice slice && !slice.equals(effect)) {
                effect = slice;
                drawn = 0;
                freeAt = System.nanoTime();
                redo();
            }
        }
    }
}
