package io.ordeal.schemas.wire;

import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.jspecify.annotations.Nullable;

/// The way between Java records and Avro's generic ones, by name.
///
/// A record component has the name of its field. `Instant` and `Duration` are longs of microseconds, `Optional` is a
/// union
/// with null, a sealed interface is a union of the records that it permits, each by its simple name. Schema and
/// records
/// are held together by a test over every type of the contract. Not for the hot path: see [TimingCodec].
final class RecordMapping {
    private static final ClassValue<Shape> SHAPES = new ClassValue<>() {
        @Override
        protected Shape computeValue(Class<?> type) {
            return Shape.of(type);
        }
    };

    private RecordMapping() {}

    /// Returns `record` as an Avro record of `schema`.
    static GenericRecord toAvro(Object record, Schema schema) {
        var shape = SHAPES.get(record.getClass());
        var out = new GenericData.Record(schema);
        for (var field : schema.getFields()) {
            out.put(field.pos(), valueToAvro(shape.read(record, field.name()), field.schema()));
        }
        return out;
    }

    /// Returns the Avro record `in` as a record of `type`, which may be a sealed interface.
    static <T> T fromAvro(GenericRecord in, Class<T> type) {
        var concrete = type.isRecord() ? type : permitted(type, in.getSchema().getName());
        var shape = SHAPES.get(concrete);
        var arguments = shape.components.stream()
                .map(component -> valueFromAvro(in.get(component.getName()), component.getGenericType()))
                .toArray();
        return type.cast(shape.construct(arguments));
    }

    private static Object valueToAvro(Object value, Schema schema) {
        return switch (value) {
            case Optional<?> optional when optional.isEmpty() -> NullValue.AVRO;
            case Optional<?> optional -> valueToAvro(optional.get(), nonNull(schema));
            case Instant instant -> micros(instant);
            case Duration duration -> duration.toNanos() / 1000;
            case Enum<?> constant -> new GenericData.EnumSymbol(schema, constant.name());
            case List<?> list ->
                list.stream()
                        .map(element -> valueToAvro(element, schema.getElementType()))
                        .toList();
            case Map<?, ?> map -> mapToAvro(map, schema.getValueType());
            case Record record ->
                toAvro(record, branch(schema, record.getClass().getSimpleName()));
            default -> value;
        };
    }

    private static Map<String, Object> mapToAvro(Map<?, ?> map, Schema values) {
        var out = new LinkedHashMap<String, Object>();
        map.forEach((key, value) -> out.put(key.toString(), valueToAvro(value, values)));
        return out;
    }

    private static Object valueFromAvro(@Nullable Object value, Type type) {
        if (type instanceof ParameterizedType generic) {
            return containerFromAvro(value, generic);
        }
        var wanted = (Class<?>) type;
        return switch (value) {
            case null -> throw new AvroRuntimeException("null where " + wanted.getSimpleName() + " was expected");
            case Long micros when wanted == Instant.class -> instant(micros);
            case Long micros when wanted == Duration.class -> Duration.of(micros, ChronoUnit.MICROS);
            case GenericData.EnumSymbol symbol -> constant(wanted, symbol.toString());
            case CharSequence text -> text.toString();
            case GenericRecord record -> fromAvro(record, wanted);
            case ByteBuffer bytes -> bytes.asReadOnlyBuffer();
            default -> value;
        };
    }

    private static Object containerFromAvro(@Nullable Object value, ParameterizedType type) {
        var arguments = type.getActualTypeArguments();
        return switch (value) {
            case null -> Optional.empty();
            case Object some when type.getRawType() == Optional.class -> Optional.of(valueFromAvro(some, arguments[0]));
            case List<?> list ->
                list.stream()
                        .map(element -> valueFromAvro(element, arguments[0]))
                        .toList();
            case Map<?, ?> map -> {
                var out = new LinkedHashMap<String, Object>();
                map.forEach((key, element) -> out.put(key.toString(), valueFromAvro(element, arguments[1])));
                yield out;
            }
            default -> throw new AvroRuntimeException("a container was expected, not " + value.getClass());
        };
    }

    static long micros(Instant instant) {
        return Math.addExact(Math.multiplyExact(instant.getEpochSecond(), 1_000_000L), instant.getNano() / 1000);
    }

    static Instant instant(long micros) {
        return Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
    }

    private static Schema nonNull(Schema union) {
        return union.getTypes().stream()
                .filter(branch -> branch.getType() != Schema.Type.NULL)
                .findFirst()
                .orElseThrow();
    }

    private static Schema branch(Schema schema, String name) {
        return switch (schema.getType()) {
            case UNION ->
                schema.getTypes().stream()
                        .filter(candidate -> candidate.getName().equals(name))
                        .findFirst()
                        .orElseThrow(() -> new AvroRuntimeException("no branch " + name + " in " + schema));
            default -> schema;
        };
    }

    private static Class<?> permitted(Class<?> sealed, String name) {
        return Arrays.stream(sealed.getPermittedSubclasses())
                .filter(candidate -> candidate.getSimpleName().equals(name))
                .findFirst()
                .orElseThrow(() -> new AvroRuntimeException("no " + name + " in " + sealed));
    }

    private static Object constant(Class<?> type, String name) {
        return Arrays.stream(type.getEnumConstants())
                .filter(candidate -> ((Enum<?>) candidate).name().equals(name))
                .findFirst()
                .orElseThrow(() -> new AvroRuntimeException("no " + name + " in " + type));
    }

    /// The null of a union, which the generic writer takes from a record's field.
    private static final class NullValue {
        @SuppressWarnings("NullAway") // Avro's own representation
        static final Object AVRO = null;
    }

    /// What reflection says of one record type.
    private record Shape(List<RecordComponent> components, Constructor<?> constructor) {
        static Shape of(Class<?> type) {
            var components = List.of(type.getRecordComponents());
            var types = components.stream().map(RecordComponent::getType).toArray(Class<?>[]::new);
            try {
                var constructor = type.getDeclaredConstructor(types);
                constructor.setAccessible(true);
                for (var component : components) {
                    component.getAccessor().setAccessible(true);
                }
                return new Shape(components, constructor);
            } catch (NoSuchMethodException e) {
                throw new IllegalStateException(type.getName(), e);
            }
        }

        Object read(Object record, String name) {
            for (var component : components) {
                if (component.getName().equals(name)) {
                    try {
                        return component.getAccessor().invoke(record);
                    } catch (IllegalAccessException | InvocationTargetException e) {
                        throw new IllegalStateException(name, e);
                    }
                }
            }
            throw new AvroRuntimeException("no component " + name + " in " + record.getClass());
        }

        Object construct(Object[] arguments) {
            try {
                return constructor.newInstance(arguments);
            } catch (InvocationTargetException e) {
                throw new AvroRuntimeException(
                        "not a valid " + constructor.getDeclaringClass().getSimpleName(), e);
            } catch (ReflectiveOperationException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    /// Names the record types that `type` is made of, itself included.
    static List<Class<?>> recordsIn(Class<?> type) {
        var found = new ArrayList<Class<?>>();
        if (type.isRecord()) {
            found.add(type);
        } else if (type.isSealed() && type.isInterface()) {
            for (var each : type.getPermittedSubclasses()) {
                found.addAll(recordsIn(each));
            }
        }
        return found;
    }
}
