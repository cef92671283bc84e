"""Set roots by the definition, in another language and by another SHA-256: python3 generate.py > roots.txt"""

import hashlib


def sha(data):
    return hashlib.sha256(data).digest()


def root(ids, bit=0):
    ids = sorted(set(ids))
    if not ids:
        return sha(b"")
    if len(ids) == 1:
        return sha(b"\x00" + ids[0])
    texts = ["".join(f"{byte:08b}" for byte in i) for i in ids]
    split = next(k for k in range(256) if len({t[k] for t in texts}) == 2)
    zero = [i for i, t in zip(ids, texts) if t[split] == "0"]
    one = [i for i, t in zip(ids, texts) if t[split] == "1"]
    return sha(b"\x01" + root(zero) + root(one))


def last_bit(n):
    return bytes(31) + bytes([n])


SETS = {
    "empty": [],
    "all-zero": [bytes(32)],
    "first-bit": [bytes(32), b"\x80" + bytes(31)],
    "last-bit": [last_bit(0), last_bit(1)],
    "three": [last_bit(0), last_bit(1), b"\xff" * 32],
    "deepest": [bytes(32)] + [(1 << k).to_bytes(32, "big") for k in range(256)],
    "counted-2": [sha(str(n).encode()) for n in range(2)],
    "counted-7": [sha(str(n).encode()) for n in range(7)],
    "counted-1000": [sha(str(n).encode()) for n in range(1000)],
}

for name, ids in SETS.items():
    print(name, root(ids).hex())
