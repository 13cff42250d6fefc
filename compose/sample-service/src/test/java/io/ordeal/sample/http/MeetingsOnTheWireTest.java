package io.ordeal.sample.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.http.WebSocket;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// Meetings and their WebSockets on real sockets.
final class MeetingsOnTheWireTest {

    /// Puts what a socket receives into a queue: messages as they are, a close as its code.
    private static final class Inbox implements WebSocket.Listener {
        private final BlockingQueue<JsonObject> messages = new LinkedBlockingQueue<>();

        @Override
        public @Nullable CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
            messages.add(new JsonObject(data.toString()));
            socket.request(1);
            return null;
        }

        @Override
        public @Nullable CompletionStage<?> onClose(WebSocket socket, int code, String reason) {
            messages.add(new JsonObject().put("closed", code));
            return null;
        }

        JsonObject next() throws InterruptedException {
            JsonObject message = messages.poll(10, TimeUnit.SECONDS);
            assertThat(message).as("message").isNotNull();
            return message == null ? new JsonObject() : message;
        }
    }

    @Test
    void aMeetingIsMadeJoinedListedAndLeft() throws Exception {
        try (TestService service = TestService.start("{}")) {
            String id = create(service);
            assertThat(service.post("/meetings/" + id + "/join", "{\"user\":\"ann\"}")
                            .statusCode())
                    .isEqualTo(200);
            assertThat(TestService.json(service.get("/meetings/" + id)).getJsonArray("participants"))
                    .isEqualTo(new JsonArray().add("ann"));
            assertThat(service.get("/meetings").body()).contains("\"title\":\"talk\"");
            JsonObject left = TestService.json(service.post("/meetings/" + id + "/leave", "", "X-User", "ann"));
            assertThat(left.getInteger("participants")).isZero();
            assertThat(left.getInteger("version")).isEqualTo(2);
            assertThat(service.post("/meetings/none/join", "{}").statusCode()).isEqualTo(404);
        }
    }

    @Test
    void networkQualityIsGraded() throws Exception {
        try (TestService service = TestService.start("{}")) {
            String path = "/meetings/" + create(service) + "/network-quality";
            assertThat(service.post(path, "{\"lossPercent\":70}").body()).contains("poor");
            assertThat(service.post(path, "{\"lossPercent\":0}").body()).contains("good");
            assertThat(service.post(path, "{\"lossPercent\":101}").statusCode()).isEqualTo(400);
        }
    }

    @Test
    void aSocketGetsTheStateAndThenEveryChange() throws Exception {
        try (TestService service = TestService.start("{\"operations\":{\"meetings-socket\":{\"latency\":20}}}")) {
            String id = create(service);
            service.post("/meetings/" + id + "/join", "{\"user\":\"ann\"}");
            Inbox inbox = new Inbox();
            WebSocket socket = connect(service, id, inbox);
            JsonObject state = inbox.next();
            assertThat(state.getString("type")).isEqualTo("state");
            assertThat(state.getLong("version")).isEqualTo(1);
            assertThat(state.getJsonArray("participants")).containsExactly("ann");
            service.post("/meetings/" + id + "/join", "{\"user\":\"bob\"}");
            assertThat(inbox.next()).isEqualTo(new JsonObject("{\"type\":\"joined\",\"user\":\"bob\",\"version\":2}"));
            socket.sendText("{\"type\":\"ping\",\"at\":17}", true).get();
            assertThat(inbox.next()).isEqualTo(new JsonObject("{\"type\":\"pong\",\"at\":17}"));
            socket.sendText("{\"type\":\"message\",\"text\":\"hi\"}", true).get();
            assertThat(inbox.next())
                    .isEqualTo(new JsonObject("{\"type\":\"message\",\"from\":\"cat\",\"text\":\"hi\"}"));
            socket.sendText("nonsense", true).get();
            assertThat(inbox.next().getString("type")).isEqualTo("error");
            assertThat(service.get("/metrics").body())
                    .contains("sample_websockets 1.0")
                    .contains("sample_requests_total{operation=\"meetings-socket\",status=\"101\"} 1.0");
            socket.abort();
        }
    }

    @Test
    void aSocketNeedsAMeetingAndAnUpgrade() throws Exception {
        try (TestService service = TestService.start("{}")) {
            assertThatThrownBy(() -> connect(service, "none", new Inbox())).isInstanceOf(ExecutionException.class);
            assertThat(service.get("/meetings/" + create(service) + "/socket").statusCode())
                    .isEqualTo(426);
        }
    }

    @Test
    void socketsAreToldWhenTheServiceStops() throws Exception {
        Inbox inbox = new Inbox();
        TestService service = TestService.start("{}");
        try (service) {
            connect(service, create(service), inbox);
            inbox.next();
            Thread stopper = Thread.ofVirtual().start(service::stop);
            assertThat(inbox.next()).isEqualTo(new JsonObject().put("closed", 1001));
            stopper.join();
        }
    }

    private static String create(TestService service) throws Exception {
        return TestService.json(service.post("/meetings", "{\"title\":\"talk\"}"))
                .getString("id");
    }

    private static WebSocket connect(TestService service, String id, Inbox inbox)
            throws InterruptedException, ExecutionException {
        return service.client()
                .newWebSocketBuilder()
                .buildAsync(service.uri("ws", "/meetings/" + id + "/socket?user=cat"), inbox)
                .get();
    }
}
