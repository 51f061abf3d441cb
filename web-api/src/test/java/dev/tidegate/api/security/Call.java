package dev.tidegate.api.security;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.restassured.RestAssured;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** One request, put together part by part and sent as it is. */
final class Call {

    private static final HttpClient CLIENT =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Api.Operation operation;
    private final World world;
    private final Map<String, String> segments = new LinkedHashMap<>();
    private final Map<String, String> query = new TreeMap<>();
    private final Map<String, String> headers = new LinkedHashMap<>();
    private @Nullable BodyPublisher body;

    /** A request for what the world's owner has. */
    Call(Api.Operation operation, World world) {
        this.operation = operation;
        this.world = world;
        operation.exampleBody().ifPresent(example -> json(world.adapt(operation, example)));
    }

    Call token(@Nullable String token) {
        if (token != null) {
            headers.put("Authorization", "Bearer " + token);
        }
        return this;
    }

    Call segment(String name, String value) {
        segments.put(name, value);
        return this;
    }

    Call query(String name, String value) {
        query.put(name, value);
        return this;
    }

    Call header(String name, String value) {
        headers.put(name, value);
        return this;
    }

    Call json(JsonNode value) {
        try {
            return raw(JSON.writeValueAsBytes(value), "application/json");
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    Call raw(byte[] bytes, String contentType) {
        body = BodyPublishers.ofByteArray(bytes);
        return header("Content-Type", contentType);
    }

    /** Sent in chunks, without an announced length. */
    Call chunked(byte[] bytes) {
        body = BodyPublishers.fromPublisher(BodyPublishers.ofByteArray(bytes));
        return header("Content-Type", "application/json");
    }

    Answer send() {
        HttpRequest.Builder request = HttpRequest.newBuilder(uri()).timeout(Duration.ofSeconds(30));
        headers.forEach(request::header);
        request.method(
                operation.method().toUpperCase(Locale.ROOT),
                Objects.requireNonNullElseGet(body, BodyPublishers::noBody));
        try {
            // A stream that is open has answered: its headers say all that is asked here.
            if (operation.isEventStream()) {
                return new Answer(CLIENT.send(request.build(), info -> new HeadersOnly()));
            }
            return new Answer(CLIENT.send(request.build(), BodyHandlers.ofString()));
        } catch (IOException e) {
            throw new UncheckedIOException(operation + " was not answered", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private URI uri() {
        String path = operation.path();
        for (Api.Parameter parameter : operation.parameters()) {
            if (parameter.in().equals("path")) {
                String value = segments.getOrDefault(parameter.name(), world.segment(operation, parameter.name()));
                path = path.replace("{" + parameter.name() + "}", encoded(value));
            }
        }
        String parameters = query.entrySet().stream()
                .map(entry -> encoded(entry.getKey()) + "=" + encoded(entry.getValue()))
                .collect(Collectors.joining("&"));
        return URI.create(
                "http://localhost:" + RestAssured.port + path + (parameters.isEmpty() ? "" : "?" + parameters));
    }

    private static String encoded(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8).replace("+", "%20");
    }

    /** What came back. */
    static final class Answer {

        private final HttpResponse<String> response;

        private Answer(HttpResponse<String> response) {
            this.response = response;
        }

        int status() {
            return response.statusCode();
        }

        String body() {
            return response.body();
        }

        String contentType() {
            return response.headers().firstValue("Content-Type").orElse("");
        }

        /** The body without what differs from one request to the next. */
        String lasting() {
            try {
                if (JSON.readTree(body()) instanceof ObjectNode object) {
                    return object.without(java.util.List.of("instance", "correlationId", "detail", "violations"))
                            .toString();
                }
                return body();
            } catch (JsonProcessingException e) {
                return body();
            }
        }

        @Override
        public String toString() {
            return status() + " " + body();
        }
    }

    private static final class HeadersOnly implements HttpResponse.BodySubscriber<String> {

        private final CompletableFuture<String> body = new CompletableFuture<>();

        @Override
        public CompletableFuture<String> getBody() {
            return body;
        }

        @Override
        public void onSubscribe(Flow.Subscription subscription) {
            subscription.cancel();
            body.complete("");
        }

        @Override
        public void onNext(java.util.List<java.nio.ByteBuffer> item) {}

        @Override
        public void onError(Throwable failure) {
            body.complete("");
        }

        @Override
        public void onComplete() {
            body.complete("");
        }
    }
}
