package io.ordeal.runtime;

/// Something that its author has to mend.
///
/// @param place where it is: a variable, an option, a line
/// @param message what is wrong and what to do about it
public record Problem(String place, String message) {
    @Override
    public String toString() {
        return place + ": " + message;
    }
}
