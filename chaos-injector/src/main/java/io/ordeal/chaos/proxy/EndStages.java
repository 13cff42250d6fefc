package io.ordeal.chaos.proxy;

import io.netty.buffer.ByteBuf;
import java.util.Optional;
import java.util.concurrent.Future;

/// The stages that end a connection, and the one that does nothing.
final class EndStages {
    private EndStages() {}

    /// [Effect.Nothing].
    static final class Nothing extends Stage {
        Nothing(Toxic toxic, Lane lane) {
            super(toxic.name(), lane);
        }

        @Override
        public void take(ByteBuf bytes) {
            next().take(bytes);
        }
    }

    /// [Effect.Timeout].
    static final class Timeout extends Stage {
        private Effect.Timeout effect;
        private Optional<Future<?>> timer = Optional.empty();

        Timeout(Toxic toxic, Effect.Timeout effect, Lane lane) {
            super(toxic.name(), lane);
            this.effect = effect;
            begin();
        }

        @Override
        public void take(ByteBuf bytes) {
            bytes.release();
            begin();
        }

        /// The end does not pass either: nobody is told.
        @Override
        public void end() {
            // dropped as well
        }

        @Override
        void update(Effect next) {
            if (next instanceof Effect.Timeout timeout && !timeout.equals(effect)) {
                effect = timeout;
                begin();
            }
        }

        @Override
        void release() {
            discard();
            lane().close();
        }

        @Override
        void discard() {
            timer.ifPresent(pending -> pending.cancel(false));
            timer = Optional.empty();
        }

        @Override
        boolean swallows() {
            return true;
        }

        private void begin() {
            discard();
            if (effect.nanos() > 0) {
                timer = Optional.of(lane().later(effect.nanos(), lane()::close));
            }
        }
    }

    /// [Effect.ResetLater].
    static final class ResetLater extends Stage {
        private Effect.ResetLater effect;
        private Optional<Future<?>> timer = Optional.empty();
        private long firstAt;

        ResetLater(Toxic toxic, Effect.ResetLater effect, Lane lane) {
            super(toxic.name(), lane);
            this.effect = effect;
        }

        @Override
        public void take(ByteBuf bytes) {
            bytes.release();
            if (timer.isEmpty()) {
                firstAt = System.nanoTime();
                begin();
            }
        }

        @Override
        void update(Effect next) {
            if (next instanceof Effect.ResetLater later && !later.equals(effect)) {
                effect = later;
                if (timer.isPresent()) {
                    discard();
                    begin();
                }
            }
        }

        /// Bytes are missing where it was waiting: the connection cannot go on.
        @Override
        void release() {
            if (timer.isPresent()) {
                discard();
                lane().reset();
            }
        }

        @Override
        void discard() {
            timer.ifPresent(pending -> pending.cancel(false));
            timer = Optional.empty();
        }

        @Override
        boolean swallows() {
            return timer.isPresent();
        }

        private void begin() {
            long left = firstAt + Math.clamp(effect.nanos(), 0, Long.MAX_VALUE / 4) - System.nanoTime();
            timer = Optional.of(lane().later(Math.max(0, left), lane()::reset));
        }
    }

    /// [Effect.Limit].
    static final class Limit extends Stage {
        private Effect.Limit effect;
        private long passed;

        Limit(Toxic toxic, Effect.Limit effect, Lane lane) {
            super(toxic.name(), lane);
            this.effect = effect;
        }

        @Override
        public void take(ByteBuf bytes) {
            long left = Math.max(0, effect.bytes() - passed);
            int length = bytes.readableBytes();
            if (length < left) {
                passed += length;
                next().take(bytes);
                return;
            }
            passed += left;
            if (left > 0) {
                next().take(bytes.readRetainedSlice((int) left));
            }
            bytes.release();
            lane().close();
        }

        @Override
        void update(Effect next) {
            if (next instanceof Effect.Limit limit) {
                effect = limit;
            }
        }
    }
}
