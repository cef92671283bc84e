package main

import (
	"encoding/base64"
	"errors"
	"fmt"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

const proofHeader = "c2sp.org/tlog-proof@v1\n"

// tlogProof is a C2SP tlog-proof with the tree of its checkpoint, whose signature was verified.
type tlogProof struct {
	index  int64
	hashes tlog.RecordProof
	tree   tlog.Tree
}

func parseProof(text string, key note.Verifier) (tlogProof, error) {
	var proof tlogProof
	rest := strings.TrimPrefix(text, proofHeader)
	if rest == text {
		return proof, fmt.Errorf("no line %q", proofHeader)
	}
	end := strings.Index(rest, "\n\n")
	if end < 0 {
		return proof, errors.New("no checkpoint")
	}
	lines := strings.Split(rest[:end], "\n")
	if strings.HasPrefix(lines[0], "extra ") { // what the log attached, which proves nothing
		lines = lines[1:]
	}
	if len(lines) == 0 {
		return proof, errors.New("no index")
	}
	if _, err := fmt.Sscanf(lines[0], "index %d", &proof.index); err != nil {
		return proof, fmt.Errorf("line %q: %v", lines[0], err)
	}
	hashes, err := parseHashes(lines[1:])
	if err != nil {
		return proof, err
	}
	proof.hashes = hashes
	proof.tree, err = open([]byte(rest[end+2:]), key)
	return proof, err
}

func parseHashes(lines []string) ([]tlog.Hash, error) {
	var hashes []tlog.Hash
	for _, line := range lines {
		hash, err := tlog.ParseHash(line)
		if err != nil {
			return nil, fmt.Errorf("line %q: %v", line, err)
		}
		hashes = append(hashes, hash)
	}
	return hashes, nil
}

func proofText(index int64, hashes tlog.RecordProof, checkpoint []byte) string {
	text := fmt.Sprintf("%sindex %d\n", proofHeader, index)
	for _, hash := range hashes {
		text += base64.StdEncoding.EncodeToString(hash[:]) + "\n"
	}
	return text + "\n" + string(checkpoint)
}

// verifyConsistency checks a proof to the signed tree: the line "consistency <old size> <new size>" and its hashes.
func verifyConsistency(text string, signed tlog.Tree, rebuilt *tree) error {
	lines := strings.Split(strings.TrimSuffix(text, "\n"), "\n")
	var old, size int64
	if _, err := fmt.Sscanf(lines[0], "consistency %d %d", &old, &size); err != nil {
		return fmt.Errorf("line %q: %v", lines[0], err)
	}
	if size != signed.N || old > size {
		return fmt.Errorf("from size %d to %d, the checkpoint has %d", old, size, signed.N)
	}
	hashes, err := parseHashes(lines[1:])
	if err != nil {
		return err
	}
	root, err := rebuilt.root(old)
	if err != nil {
		return err
	}
	return tlog.CheckTree(hashes, size, signed.Hash, old, root)
}
