package main

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"os"
	"path/filepath"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

// entry is what a log that is written here has: "go entry <index>", but nothing at index 3 and the most at index 5.
func entry(index int64) []byte {
	switch index {
	case 3:
		return nil
	case 5:
		return bytes.Repeat([]byte{0xa5}, 65535)
	default:
		return []byte(fmt.Sprintf("go entry %d", index))
	}
}

func write(dir, skey string, size, index int64) error {
	signer, err := note.NewSigner(skey)
	if err != nil {
		return err
	}
	all := &tree{}
	for i := int64(0); i < size; i++ {
		if err := all.append(entry(i)); err != nil {
			return err
		}
	}
	for _, tile := range tilesOf(size) {
		data, err := content(tile, all)
		if err != nil {
			return err
		}
		file := filepath.Join(dir, path(tile))
		if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
			return err
		}
		if err := os.WriteFile(file, data, 0o644); err != nil {
			return err
		}
	}
	root, err := all.root(size)
	if err != nil {
		return err
	}
	text := checkpointText(signer.Name(), tlog.Tree{N: size, Hash: root})
	checkpoint, err := note.Sign(&note.Note{Text: text}, signer)
	if err != nil {
		return err
	}
	if err := os.WriteFile(filepath.Join(dir, "checkpoint"), checkpoint, 0o644); err != nil {
		return err
	}
	fmt.Printf("written: size %d, root %x\n", size, root[:])
	if size == 0 {
		return nil
	}
	proof, err := tlog.ProveRecord(size, index, all)
	if err != nil {
		return err
	}
	return os.WriteFile(filepath.Join(dir, "go.tlog-proof"), []byte(proofText(index, proof, checkpoint)), 0o644)
}

func content(tile tlog.Tile, all *tree) ([]byte, error) {
	if tile.L >= 0 {
		return tlog.ReadTileData(tile, all)
	}
	var bundle []byte
	for i := tile.N * width; i < tile.N*width+int64(tile.W); i++ {
		bundle = binary.BigEndian.AppendUint16(bundle, uint16(len(entry(i))))
		bundle = append(bundle, entry(i)...)
	}
	return bundle, nil
}
