package main

import (
	"encoding/base64"
	"encoding/binary"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

const (
	height = 8
	width  = 1 << height
)

// path is where C2SP tlog-tiles keeps a tile: without Go's height, and with the name entries for its level of data.
func path(t tlog.Tile) string {
	return "tile/" + strings.Replace(strings.TrimPrefix(t.Path(), "tile/8/"), "data/", "entries/", 1)
}

// tilesOf lists the tiles that a tree of a size has, at level -1 its entry bundles.
func tilesOf(size int64) []tlog.Tile {
	tiles := levelOf(-1, size)
	for level := 0; size>>(height*level) > 0; level++ {
		tiles = append(tiles, levelOf(level, size>>(height*level))...)
	}
	return tiles
}

func levelOf(level int, hashes int64) []tlog.Tile {
	var tiles []tlog.Tile
	for n := int64(0); n*width < hashes; n++ {
		w := width
		if rest := hashes - n*width; rest < width {
			w = int(rest)
		}
		tiles = append(tiles, tlog.Tile{H: height, L: level, N: n, W: w})
	}
	return tiles
}

// directory is a tlog.TileReader over a log's files.
type directory string

func (d directory) Height() int { return height }

func (d directory) SaveTiles([]tlog.Tile, [][]byte) {}

func (d directory) ReadTiles(tiles []tlog.Tile) ([][]byte, error) {
	var all [][]byte
	for _, t := range tiles {
		data, err := d.read(t)
		if err != nil {
			return nil, err
		}
		if len(data) < t.W*tlog.HashSize {
			return nil, fmt.Errorf("%s has %d bytes, expected %d", path(t), len(data), t.W*tlog.HashSize)
		}
		all = append(all, data[:t.W*tlog.HashSize])
	}
	return all, nil
}

// read gives a tile's file, or the full one that replaced it.
func (d directory) read(t tlog.Tile) ([]byte, error) {
	data, err := os.ReadFile(filepath.Join(string(d), path(t)))
	if errors.Is(err, fs.ErrNotExist) && t.W < width {
		t.W = width
		return os.ReadFile(filepath.Join(string(d), path(t)))
	}
	return data, err
}

// entries gives the entries of a bundle: each after its length as 16 bits, big-endian.
func (d directory) entries(t tlog.Tile) ([][]byte, error) {
	data, err := d.read(t)
	if err != nil {
		return nil, err
	}
	var entries [][]byte
	for len(entries) < t.W {
		if len(data) < 2 || len(data)-2 < int(binary.BigEndian.Uint16(data)) {
			return nil, fmt.Errorf("%s ends in entry %d of %d", path(t), len(entries), t.W)
		}
		end := 2 + int(binary.BigEndian.Uint16(data))
		entries = append(entries, data[2:end])
		data = data[end:]
	}
	return entries, nil
}

// open verifies a checkpoint's signature and gives its tree.
func open(checkpoint []byte, key note.Verifier) (tlog.Tree, error) {
	opened, err := note.Open(checkpoint, note.VerifierList(key))
	if err != nil {
		return tlog.Tree{}, fmt.Errorf("checkpoint: %v", err)
	}
	lines := strings.Split(opened.Text, "\n")
	if len(lines) != 4 || lines[0] != key.Name() {
		return tlog.Tree{}, fmt.Errorf("checkpoint is not of %s: %q", key.Name(), opened.Text)
	}
	size, err := strconv.ParseInt(lines[1], 10, 64)
	if err != nil {
		return tlog.Tree{}, err
	}
	root, err := tlog.ParseHash(lines[2])
	return tlog.Tree{N: size, Hash: root}, err
}

func checkpointText(origin string, tree tlog.Tree) string {
	return fmt.Sprintf("%s\n%d\n%s\n", origin, tree.N, base64.StdEncoding.EncodeToString(tree.Hash[:]))
}
