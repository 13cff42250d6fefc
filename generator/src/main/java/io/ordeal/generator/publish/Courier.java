package io.ordeal.generator.publish;

/// Who takes the parcels of outboxes away. Its methods are called on event loops and never block.
public sealed interface Courier permits TimingPublisher, Courier.Nobody {
    /// Takes room for the events of one parcel, or returns false when too many wait.
    boolean reserve();

    /// Counts an event of `lane` as lost.
    void lose(Lane lane);

    /// Sends `parcel` after all that were handed over before; whether room was reserved for it decides what is given
    /// back.
    void hand(Parcel parcel, boolean reserved);

    /// A courier that throws everything away counting it as lost: for load that nobody asks about.
    ///
    /// @param takes whether events are made before they are thrown away; otherwise they are not even encoded
    record Nobody(boolean takes) implements Courier {
        @Override
        public boolean reserve() {
            return takes;
        }

        @Override
        public void lose(Lane lane) {
            lane.lose(1);
        }

        @Override
        public void hand(Parcel parcel, boolean reserved) {
            parcel.lane().lose(parcel.events());
        }
    }
}
