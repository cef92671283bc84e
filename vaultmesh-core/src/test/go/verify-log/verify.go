package main

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

func verify(dir, vkey string, proofs []string) error {
	key, err := note.NewVerifier(vkey)
	if err != nil {
		return err
	}
	checkpoint, err := os.ReadFile(filepath.Join(dir, "checkpoint"))
	if err != nil {
		return err
	}
	signed, err := open(checkpoint, key)
	if err != nil {
		return err
	}
	fmt.Printf("checkpoint: signed by %s, size %d, root %x\n", key.Name(), signed.N, signed.Hash[:])

	files := directory(dir)
	rebuilt := &tree{}
	if err := verifyEntries(files, signed, rebuilt); err != nil {
		return err
	}
	// Versions of x/mod before 0.40 don't check every tile against its parent (CVE-2026-56865), so all tiles and the
	// root are calculated from the entries too.
	if err := verifyRebuilt(files, signed, rebuilt); err != nil {
		return err
	}
	if err := verifyProofsFromTiles(files, signed, rebuilt); err != nil {
		return err
	}
	for _, name := range proofs {
		if err := verifyFile(name, key, signed, rebuilt); err != nil {
			return fmt.Errorf("%s: %v", name, err)
		}
	}
	fmt.Printf("proof files: %d verified\n", len(proofs))
	return nil
}

// verifyEntries checks every entry against its leaf hash, read through tiles from the signed root.
func verifyEntries(files directory, signed tlog.Tree, rebuilt *tree) error {
	tiles := tlog.TileHashReader(signed, files)
	for _, bundle := range levelOf(-1, signed.N) {
		entries, err := files.entries(bundle)
		if err != nil {
			return err
		}
		var indexes []int64
		for i := range entries {
			indexes = append(indexes, tlog.StoredHashIndex(0, bundle.N*width+int64(i)))
		}
		leaves, err := tiles.ReadHashes(indexes)
		if err != nil {
			return fmt.Errorf("tiles of %s: %v", path(bundle), err)
		}
		for i, entry := range entries {
			if leaf := tlog.RecordHash(entry); leaf != leaves[i] {
				return fmt.Errorf("entry %d has leaf hash %v, the tiles have %v", bundle.N*width+int64(i), leaf, leaves[i])
			}
			if err := rebuilt.append(entry); err != nil {
				return err
			}
		}
	}
	fmt.Printf("entries: %d have the leaf hashes that the tiles have\n", rebuilt.size)
	return nil
}

// verifyRebuilt checks the root and every tile against those that the entries give.
func verifyRebuilt(files directory, signed tlog.Tree, rebuilt *tree) error {
	root, err := rebuilt.root(rebuilt.size)
	if err != nil {
		return err
	}
	if rebuilt.size != signed.N || root != signed.Hash {
		return fmt.Errorf("the entries lead to root %v, the signed one is %v", root, signed.Hash)
	}
	count := 0
	for _, tile := range tilesOf(signed.N) {
		if tile.L < 0 {
			continue
		}
		data, err := files.read(tile)
		if err != nil {
			return err
		}
		expected, err := tlog.ReadTileData(tile, rebuilt)
		if err != nil {
			return err
		}
		if !bytes.HasPrefix(data, expected) {
			return fmt.Errorf("%s is not what the entries give", path(tile))
		}
		count++
	}
	fmt.Printf("tiles: %d are what the entries give, and lead to the signed root\n", count)
	return nil
}

// verifyProofsFromTiles makes proofs from the tiles and checks them against the signed root.
func verifyProofsFromTiles(files directory, signed tlog.Tree, rebuilt *tree) error {
	tiles := tlog.TileHashReader(signed, files)
	inclusions, consistencies := 0, 0
	for _, n := range chosen(signed.N) {
		proof, err := tlog.ProveRecord(signed.N, n, tiles)
		if err != nil {
			return err
		}
		leaf := rebuilt.hashes[tlog.StoredHashIndex(0, n)]
		if err := tlog.CheckRecord(proof, signed.N, signed.Hash, n, leaf); err != nil {
			return fmt.Errorf("inclusion of %d: %v", n, err)
		}
		inclusions++
		old := n + 1
		root, err := rebuilt.root(old)
		if err != nil {
			return err
		}
		consistency, err := tlog.ProveTree(signed.N, old, tiles)
		if err != nil {
			return err
		}
		if err := tlog.CheckTree(consistency, signed.N, signed.Hash, old, root); err != nil {
			return fmt.Errorf("consistency of %d: %v", old, err)
		}
		consistencies++
	}
	fmt.Printf("proofs from tiles: %d of inclusion, %d of consistency\n", inclusions, consistencies)
	return nil
}

// chosen gives the indexes next to the edges of tiles and of perfect trees, and some between.
func chosen(size int64) []int64 {
	var all []int64
	for n := int64(0); n < size; n++ {
		edge := n%width < 2 || n%width > width-3
		near := n < 8 || n > size-8
		if near || edge && n%(width*16) < width+2 || n%4099 == 0 || (n&(n+1)) == 0 {
			all = append(all, n)
		}
	}
	return all
}

func verifyFile(name string, key note.Verifier, signed tlog.Tree, rebuilt *tree) error {
	data, err := os.ReadFile(name)
	if err != nil {
		return err
	}
	if strings.HasSuffix(name, ".consistency") {
		return verifyConsistency(string(data), signed, rebuilt)
	}
	proof, err := parseProof(string(data), key)
	if err != nil {
		return err
	}
	if proof.index >= rebuilt.size {
		return fmt.Errorf("there is no entry %d", proof.index)
	}
	leaf := rebuilt.hashes[tlog.StoredHashIndex(0, proof.index)]
	return tlog.CheckRecord(proof.hashes, proof.tree.N, proof.tree.Hash, proof.index, leaf)
}
