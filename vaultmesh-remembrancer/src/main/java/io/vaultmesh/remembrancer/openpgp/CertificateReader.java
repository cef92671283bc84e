package io.vaultmesh.remembrancer.openpgp;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.List;

/**
 * Takes a certificate apart (RFC 9580 §10.1.1) and verifies what its key signed about itself. Used once.
 *
 * <p>A signature that claims to be the key's own and doesn't verify is no mere noise: it may be the remains of a
 * revocation or of an earlier expiry, so that the whole certificate is refused.
 */
final class CertificateReader {

    private final KeyPacket primary;
    private final List<SignaturePacket> direct = new ArrayList<>();
    private final List<SignaturePacket> revocations = new ArrayList<>();
    private final List<CertificateParts.UserId> userIds = new ArrayList<>();
    private final List<CertificateParts.Subkey> subkeys = new ArrayList<>();
    private boolean saysNothing = true;

    private CertificateReader(KeyPacket primary) {
        this.primary = primary;
    }

    static CertificateParts read(List<Packet> packets) {
        if (packets.get(0).tag() != Packet.PUBLIC_KEY) {
            throw unexpected(packets.get(0));
        }
        CertificateReader reader =
                new CertificateReader(KeyPacket.read(packets.get(0).body()));
        int end = signaturesEnd(packets, 1);
        reader.primary(packets.subList(1, end));
        while (end < packets.size()) {
            int start = end;
            end = signaturesEnd(packets, start + 1);
            reader.component(packets.get(start), packets.subList(start + 1, end));
        }
        return new CertificateParts(
                reader.primary, reader.direct, reader.revocations, reader.userIds, reader.subkeys, reader.saysNothing);
    }

    private static int signaturesEnd(List<Packet> packets, int start) {
        int end = start;
        while (end < packets.size() && packets.get(end).tag() == Packet.SIGNATURE) {
            end++;
        }
        return end;
    }

    private static IllegalArgumentException unexpected(Packet packet) {
        return new IllegalArgumentException(
                switch (packet.tag()) {
                    case Packet.PUBLIC_KEY -> "there is a second certificate, expected exactly one";
                    case Packet.SECRET_KEY, Packet.SECRET_SUBKEY ->
                        "this is a secret key, expected a public one; "
                                + "PgpSecretKey.parse reads it, and gives the certificate";
                    default ->
                        "there is a packet of type " + packet.tag() + ", expected a certificate: a public key, "
                                + "user ids, subkeys and signatures";
                });
    }

    private void primary(List<Packet> signatures) {
        direct.addAll(own(signatures, List.of(SignaturePacket.DIRECT_KEY), new byte[0]));
        revocations.addAll(own(signatures, List.of(SignaturePacket.KEY_REVOCATION), new byte[0]));
    }

    /** A subkey or user id, and the signatures that follow it. */
    private void component(Packet packet, List<Packet> signatures) {
        byte[] body = packet.body();
        switch (packet.tag()) {
            case Packet.USER_ID -> {
                byte[] hashed = prefixed(0xb4, body);
                userIds.add(new CertificateParts.UserId(
                        new String(body, UTF_8),
                        own(signatures, List.of(0x10, 0x11, 0x12, 0x13), hashed),
                        own(signatures, List.of(SignaturePacket.CERTIFICATION_REVOCATION), hashed)));
            }
            case Packet.USER_ATTRIBUTE -> { // a photo: nothing here depends on it
            }
            case Packet.PUBLIC_SUBKEY -> {
                KeyPacket key = KeyPacket.read(body);
                subkeys.add(new CertificateParts.Subkey(
                        key,
                        own(signatures, List.of(SignaturePacket.SUBKEY_BINDING), key.hashed()),
                        own(signatures, List.of(SignaturePacket.SUBKEY_REVOCATION), key.hashed())));
            }
            default -> throw unexpected(packet);
        }
    }

    private static byte[] prefixed(int octet, byte[] body) {
        byte[] hashed = new byte[5 + body.length];
        hashed[0] = (byte) octet;
        for (int i = 0; i < 4; i++) {
            hashed[1 + i] = (byte) (body.length >> (24 - 8 * i));
        }
        System.arraycopy(body, 0, hashed, 5, body.length);
        return hashed;
    }

    /** The signatures of the given types that the primary key made about itself and the given bytes. */
    private List<SignaturePacket> own(List<Packet> packets, List<Integer> types, byte[] about) {
        List<SignaturePacket> own = new ArrayList<>();
        for (Packet packet : packets) {
            if (packet.body().length > 0 && packet.body()[0] == 3) {
                old(packet.body());
                continue;
            }
            SignaturePacket signature = SignaturePacket.read(packet.body());
            if (types.contains(signature.type()) && signature.names(primary.fingerprint())) {
                saysNothing = false;
                if (isSound(signature, about)) {
                    own.add(signature);
                }
            }
        }
        return own;
    }

    /** Signatures of version 3 give nothing any more. One that takes something away can't be just left out. */
    private static void old(byte[] body) {
        if (body.length > 2 && (body[2] & 0xff) >= SignaturePacket.KEY_REVOCATION) {
            throw new IllegalArgumentException("there is a revocation of version 3, expected 4");
        }
    }

    private boolean isSound(SignaturePacket signature, byte[] about) {
        if (HashAlgorithm.of(signature.hashAlgorithm()).isEmpty()) {
            if (signature.type() < SignaturePacket.KEY_REVOCATION) {
                return false; // it would count for nothing
            }
            throw new IllegalArgumentException("there is a revocation with hash algorithm " + signature.hashAlgorithm()
                    + ", which can't be verified here");
        }
        if (primary.key().flaw().isPresent()) {
            return true; // nothing that such a key signs is accepted, but its revocations must not get lost
        }
        if (!SignatureMath.isBy(primary, signature, primary.hashed(), about)) {
            throw new IllegalArgumentException("a signature of type 0x" + Integer.toHexString(signature.type())
                    + " that names the key " + primary.fingerprint()
                    + " as its issuer is not by that key: the certificate is damaged");
        }
        return true;
    }
}
