package io.ordeal.chaos.toxiproxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import eu.rekawek.toxiproxy.Proxy;
import eu.rekawek.toxiproxy.ToxiproxyClient;
import eu.rekawek.toxiproxy.model.ToxicDirection;
import eu.rekawek.toxiproxy.model.toxic.Latency;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.Socket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// The public Java client against our server.
class ToxiproxyJavaTest {
    private static final ToxicDirection UP = ToxicDirection.UPSTREAM;
    private static final ToxicDirection DOWN = ToxicDirection.DOWNSTREAM;

    private TestServer server;
    private ToxiproxyClient client;

    @BeforeEach
    void start() throws IOException {
        server = new TestServer();
        client = new ToxiproxyClient("127.0.0.1", server.port());
    }

    @AfterEach
    void stop() throws IOException {
        server.close();
    }

    @Test
    void saysItsVersion() throws IOException {
        assertThat(client.version()).contains("2.12.0");
    }

    @Test
    void createsAndListsProxiesByName() throws IOException {
        for (var name : new String[] {"b", "c", "a"}) {
            create(name);
        }
        assertThat(client.getProxies()).extracting(Proxy::getName).containsExactly("a", "b", "c");
        var proxy = client.getProxy("b");
        assertThat(proxy.getUpstream()).isEqualTo(server.upstream());
        assertThat(proxy.getListen()).startsWith("127.0.0.1:").doesNotEndWith(":0");
        assertThat(proxy.isEnabled()).isTrue();
    }

    @Test
    void saysWhatIsWrongInItsWords() throws IOException {
        create("one");
        assertThatThrownBy(() -> create("one")).hasMessageContaining("[409] proxy already exists");
        assertThatThrownBy(() -> client.getProxy("two")).hasMessageContaining("[404] proxy not found");
        assertThat(client.getProxyOrNull("two")).isNull();
    }

    @Test
    void disablesAndEnablesOnTheSamePort() throws IOException {
        var proxy = create("one");
        int port = port(proxy);
        proxy.disable();
        assertThat(client.getProxy("one").isEnabled()).isFalse();
        assertThatThrownBy(() -> new Socket(InetAddress.getLoopbackAddress(), port))
                .isInstanceOf(ConnectException.class);
        proxy.enable();
        assertThat(port(client.getProxy("one"))).isEqualTo(port);
        assertEchoes(proxy);
    }

    @Test
    void movesAProxy() throws IOException {
        var proxy = create("one");
        proxy.setUpstream("somehost:12345");
        assertThat(client.getProxy("one").getUpstream()).isEqualTo("somehost:12345");
        proxy.setListen("127.0.0.1:0");
        assertThat(client.getProxy("one").getListen()).startsWith("127.0.0.1:");
        proxy.delete();
        assertThat(client.getProxies()).isEmpty();
    }

    @Test
    void resetsEverything() throws IOException {
        var one = create("one");
        var two = create("two");
        one.disable();
        two.toxics().latency("slow", DOWN, 1000);
        client.reset();
        assertThat(client.getProxies()).allMatch(Proxy::isEnabled);
        assertThat(client.getProxy("two").toxics().getAll()).isEmpty();
    }

    @Test
    void setsEveryAttributeOfEveryToxic() throws IOException {
        var toxics = create("one").toxics();
        var latency = toxics.latency("latency", DOWN, 100).setJitter(15);
        assertThat(toxics.get("latency", Latency.class).getJitter()).isEqualTo(15);
        assertThat(latency.setLatency(200).getLatency()).isEqualTo(200);
        latency.setToxicity(0.5f);
        assertThat(toxics.get("latency").getToxicity()).isEqualTo(0.5f);
        assertThat(toxics.bandwidth("bandwidth", UP, 1000).setRate(2000).getRate())
                .isEqualTo(2000);
        assertThat(toxics.slowClose("slow_close", DOWN, 10).setDelay(20).getDelay())
                .isEqualTo(20);
        assertThat(toxics.timeout("timeout", UP, 10).setTimeout(0).getTimeout()).isZero();
        var slicer = toxics.slicer("slicer", UP, 1024, 512);
        assertThat(slicer.setAverageSize(10).getAverageSize()).isEqualTo(10);
        assertThat(slicer.setSizeVariation(5).getSizeVariation()).isEqualTo(5);
        assertThat(slicer.setDelay(100).getDelay()).isEqualTo(100);
        assertThat(toxics.limitData("limit_data", DOWN, 1024).setBytes(2048).getBytes())
                .isEqualTo(2048);
        assertThat(toxics.resetPeer("reset_peer", UP, 10).setTimeout(20).getTimeout())
                .isEqualTo(20);
        assertThat(toxics.getAll())
                .extracting(toxic -> toxic.getName())
                .containsExactly("bandwidth", "timeout", "slicer", "reset_peer", "latency", "slow_close", "limit_data");
        assertThat(toxics.getAll().getFirst().getStream()).isEqualTo(UP);
        toxics.get("slicer").remove();
        assertThatThrownBy(() -> toxics.get("slicer")).hasMessageContaining("[404] toxic not found");
        assertThatThrownBy(() -> toxics.latency("latency", UP, 1)).hasMessageContaining("[409] toxic already exists");
    }

    @Test
    void delaysAndResetsRealTraffic() throws IOException {
        var proxy = create("one");
        var latency = proxy.toxics().latency("latency", DOWN, 120);
        long start = System.nanoTime();
        assertEchoes(proxy);
        assertThat((System.nanoTime() - start) / 1_000_000).isGreaterThanOrEqualTo(120);
        latency.remove();
        proxy.toxics().resetPeer("reset", UP, 0);
        assertThatThrownBy(() -> assertEchoes(proxy)).isInstanceOf(IOException.class);
    }

    private Proxy create(String name) throws IOException {
        return client.createProxy(name, "127.0.0.1:0", server.upstream());
    }

    private static int port(Proxy proxy) {
        return Integer.parseInt(proxy.getListen().split(":", 2)[1]);
    }

    private static void assertEchoes(Proxy proxy) throws IOException {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), port(proxy))) {
            socket.setSoTimeout(5_000);
            socket.getOutputStream().write(7);
            if (socket.getInputStream().read() != 7) {
                throw new IOException("no echo");
            }
        }
    }
}
