package io.ordeal.campaign.run;

/// A run that could not begin; the message is for whoever started it. Nothing was done.
public final class NotStarted extends Exception {
    NotStarted(String message) {
        super(message);
    }
}
