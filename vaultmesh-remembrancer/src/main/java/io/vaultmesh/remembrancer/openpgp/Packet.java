package io.vaultmesh.remembrancer.openpgp;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;

/**
 * One OpenPGP packet (RFC 9580 §4.2): a tag and a body of known length. Partial and indeterminate lengths, which only
 * streamed data needs, are refused. Immutable, as long as nobody writes to the body.
 */
final class Packet {

    static final int SIGNATURE = 2;
    static final int SECRET_KEY = 5;
    static final int PUBLIC_KEY = 6;
    static final int SECRET_SUBKEY = 7;
    static final int USER_ID = 13;
    static final int PUBLIC_SUBKEY = 14;
    static final int USER_ATTRIBUTE = 17;

    private final int tag;
    private final byte[] body;

    Packet(int tag, byte[] body) {
        this.tag = tag;
        this.body = body;
    }

    int tag() {
        return tag;
    }

    byte[] body() {
        return body;
    }

    static List<Packet> readAll(byte[] bytes) {
        Octets octets = new Octets(bytes, "OpenPGP data");
        List<Packet> packets = new ArrayList<>();
        while (!octets.atEnd()) {
            packets.add(read(octets));
        }
        return packets;
    }

    private static Packet read(Octets octets) {
        int at = octets.position();
        int header = octets.octet();
        if ((header & 0x80) == 0) {
            throw new IllegalArgumentException("no OpenPGP packet starts at byte " + at + " of the data");
        }
        if ((header & 0x40) != 0) {
            return new Packet(header & 0x3f, octets.take(newLength(octets)));
        }
        long length = switch (header & 3) {
            case 0 -> octets.octet();
            case 1 -> octets.number16();
            case 2 -> octets.number32();
            default -> throw new IllegalArgumentException("the packet at byte " + at + " doesn't say how long it is");
        };
        return new Packet((header >> 2) & 0xf, octets.take(length));
    }

    private static long newLength(Octets octets) {
        int first = octets.octet();
        if (first >= 224 && first < 255) {
            throw new IllegalArgumentException("a packet comes in parts, expected it whole");
        }
        return lengthAfter(first, octets);
    }

    /** The length that starts with the given octet; of packets and of signature subpackets (RFC 9580 §5.2.3.7). */
    static long lengthAfter(int first, Octets octets) {
        if (first < 192) {
            return first;
        }
        return first < 255 ? ((first - 192) << 8) + octets.octet() + 192 : octets.number32();
    }

    /** Writes the packet with the header that GnuPG 2.2 gives it. */
    void writeTo(ByteArrayOutputStream out) {
        int length = body.length;
        int size = length < 0x100 ? 0 : length < 0x10000 ? 1 : 2;
        out.write(0x80 | (tag << 2) | size);
        for (int shift = 8 * ((1 << size) - 1); shift >= 0; shift -= 8) {
            out.write(length >>> shift);
        }
        out.writeBytes(body);
    }

    static byte[] writeAll(List<Packet> packets) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        packets.forEach(packet -> packet.writeTo(out));
        return out.toByteArray();
    }
}
