// Exchanges of the C++ reference implementation: see README.md beside. Takes no arguments, prints transcripts.txt.
#include <openssl/sha.h>
#include <cstdio>
#include <set>
#include "negentropy.h"
#include "negentropy/storage/Vector.h"

using Storage = negentropy::storage::Vector;

static std::string sha256(const std::string &text) {
    unsigned char hash[32];
    SHA256(reinterpret_cast<const unsigned char *>(text.data()), text.size(), hash);
    return std::string(reinterpret_cast<char *>(hash), 32);
}

static std::string hex(const std::string &bytes) {
    std::string text;
    for (unsigned char byte : bytes) {
        char digits[3];
        snprintf(digits, sizeof digits, "%02x", byte);
        text += digits;
    }
    return text;
}

static const char *KINDS[] = {"spread", "equal", "few", "edges", "crowded"};

static uint64_t timestamp(int kind, int i) {
    switch (kind) {
    case 0: return 1700000000 + 7 * uint64_t(i);
    case 1: return 5;
    case 2: return i % 3;
    case 3: return i % 3 == 0 ? 0 : i % 3 == 1 ? 1 : (1ull << 31) - 3;
    default: return i / 1000;
    }
}

static std::string id(int kind, int i) {
    if (kind < 4) return sha256(std::to_string(i));
    std::string bytes(32, '\0');
    bytes[30] = char(i >> 8);
    bytes[31] = char(i);
    return bytes;
}

// which of the first n items a side has
static const struct { const char *name; int n, client, server; } SETS[] = {
    {"empty", 0, 1, 1}, {"client-only", 1000, 1, 0}, {"server-only", 1000, 0, 1}, {"small", 40, 5, 3},
    {"tenth", 1500, 10, 1}, {"most", 1000, 2, 3}, {"scattered", 5000, 50, 70}};

static bool has(int leaveOut, int i) { return leaveOut == 1 || (leaveOut != 0 && i % leaveOut != 0); }

static void add(std::string &transcript, const std::string &message) {
    transcript += sha256(message);
}

int main() {
    for (int kind = 0; kind < 5; kind++) for (auto &sets : SETS)
    for (int clientLimit : {0, 4096}) for (int serverLimit : {0, 4096, 6000}) {
        Storage ours, theirs;
        for (int i = 0; i < sets.n; i++) {
            if (has(sets.client, i)) ours.insert(timestamp(kind, i), id(kind, i));
            if (has(sets.server, i)) theirs.insert(timestamp(kind, i), id(kind, i));
        }
        ours.seal();
        theirs.seal();
        Negentropy client(ours, clientLimit);
        Negentropy server(theirs, serverLimit);
        std::set<std::string> haves, needs;
        std::string transcript;
        uint64_t rounds = 1, bytes = 0;
        std::string message = client.initiate();
        while (true) {
            add(transcript, message);
            std::string answer = server.reconcile(message);
            add(transcript, answer);
            bytes += message.size() + answer.size();
            std::vector<std::string> have, need;
            auto next = client.reconcile(answer, have, need);
            haves.insert(have.begin(), have.end());
            needs.insert(need.begin(), need.end());
            if (!next) break;
            message = *next;
            rounds++;
        }
        printf("%s %s %d %d %llu %llu %zu %zu %s\n", KINDS[kind], sets.name, clientLimit, serverLimit,
            (unsigned long long) rounds, (unsigned long long) bytes, haves.size(), needs.size(), hex(sha256(transcript)).c_str());
    }
}
