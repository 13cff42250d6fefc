package io.ordeal.chaos.toxiproxy;

/// A request that cannot be met, in the words and with the status of Toxiproxy.
final class ApiProblem extends Exception {
    static final int BAD_REQUEST = 400;
    static final int NOT_FOUND = 404;
    static final int CONFLICT = 409;
    static final int FAILED = 500;

    private final int status;
    private final String text;

    ApiProblem(int status, String text) {
        super(text);
        this.status = status;
        this.text = text;
    }

    static ApiProblem badBody(String why) {
        return new ApiProblem(BAD_REQUEST, "bad request body: " + why);
    }

    int status() {
        return status;
    }

    String text() {
        return text;
    }
}
