// Writes golden.json: keys and notes by golang.org/x/mod/sumdb/note, and what that package accepts.
//
// Debian: golang-go and golang-golang-x-mod-dev, then
//
//	GO111MODULE=off GOPATH=/usr/share/gocode go run golden.go > golden.json
package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"

	"golang.org/x/mod/sumdb/note"
)

type Key struct{ Seed, Name, Private, Verifier string }

// Signed is a note by the keys with the given indexes.
type Signed struct {
	Text string
	Keys []int
	Note string
}

// Judged is a note, and how many signatures by the known keys are verified; -1 if the note is refused.
type Judged struct {
	What     string
	Note     []byte
	Known    []int
	Verified int
}

// Changed is a note of which each byte in turn is changed by each mask, and whether the result is accepted.
type Changed struct {
	Note     string
	Known    []int
	Masks    []int
	Accepted string
}

func check(err error) {
	if err != nil {
		panic(err)
	}
}

func key(name string, seed byte, tail byte) Key {
	bytesOf := bytes.Repeat([]byte{seed}, 31)
	bytesOf = append(bytesOf, tail)
	private, verifier, err := note.GenerateKey(bytes.NewReader(bytesOf), name)
	check(err)
	return Key{fmt.Sprintf("%x", bytesOf), name, private, verifier}
}

func main() {
	keys := []Key{
		key("example.com/log", 1, 1),
		key("PeterNeumann", 2, 2),
		key("журнал.example/ключ:=/*", 3, 3),
		key("a", 4, 4),
		key("delete\u007fand\u009fcontrol", 5, 5),
		key("zero\u200bwidth\u180e", 6, 6),
	}
	// the Base64 of both texts has a '+' of its own
	for tail := 0; tail < 256; tail++ {
		k := key("plus.example", 0xfb, byte(tail))
		if bytes.Count([]byte(k.Private), []byte("+")) > 4 && bytes.Count([]byte(k.Verifier), []byte("+")) > 2 {
			keys = append(keys, k)
			break
		}
	}
	for i := 0; i < 100; i++ {
		keys = append(keys, key(fmt.Sprintf("signer%d.example", i), 8, byte(i)))
	}
	signers := make([]note.Signer, len(keys))
	verifiers := make([]note.Verifier, len(keys))
	for i, k := range keys {
		var err error
		signers[i], err = note.NewSigner(k.Private)
		check(err)
		verifiers[i], err = note.NewVerifier(k.Verifier)
		check(err)
	}
	sign := func(text string, by ...int) Signed {
		var s []note.Signer
		for _, i := range by {
			s = append(s, signers[i])
		}
		n, err := note.Sign(&note.Note{Text: text}, s...)
		check(err)
		return Signed{text, by, string(n)}
	}
	open := func(msg []byte, known ...int) int {
		var v []note.Verifier
		for _, i := range known {
			v = append(v, verifiers[i])
		}
		n, err := note.Open(msg, note.VerifierList(v...))
		if err != nil {
			return -1
		}
		return len(n.Sigs)
	}
	many := func(from, count int) []int {
		var all []int
		for i := 0; i < count; i++ {
			all = append(all, from+i)
		}
		return all
	}

	signed := []Signed{
		sign("hello\n", 0),
		sign("example.com/log\n7\nAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\n", 0, 1),
		sign("\n", 1),
		sign("a\n\nb\n\n\n", 2, 3),
		sign("— a b\n\n— not a signature\n", 4),
		sign("ed è subito sera.\n\U0001F600\u0085\u2028\n", 5, 6),
		sign("of sixteen\n", many(7, 16)...),
		sign("of a hundred\n", many(7, 100)...),
	}

	both := signed[1].Note
	text := signed[1].Text
	lines := bytes.SplitAfter([]byte(both[len(text)+1:]), []byte("\n"))
	l0, l1 := string(lines[0]), string(lines[1])
	other := sign("other\n", 0, 1).Note
	o0 := string(bytes.SplitAfter([]byte(other[len("other\n")+1:]), []byte("\n"))[0])
	unknown := "— nobody.example AAAAAAAA\n"
	judge := func(what, msg string, known ...int) Judged {
		return Judged{what, []byte(msg), known, open([]byte(msg), known...)}
	}
	judged := []Judged{
		judge("both known", both, 0, 1),
		judge("one known", both, 1),
		judge("none known", both, 2),
		judge("no key given", both),
		judge("unknown line before", text+"\n"+unknown+l0, 0),
		judge("unknown line between", text+"\n"+l0+unknown+l1, 0, 1),
		judge("wrong signature of an unknown key", text+"\n"+o0+l1, 1),
		judge("wrong signature of a known key, alone", text+"\n"+o0, 0, 1),
		judge("wrong signature of a known key, first", text+"\n"+o0+l1, 0, 1),
		judge("wrong signature of a known key, last", text+"\n"+l1+o0, 0, 1),
		judge("one signature twice", text+"\n"+l0+l0, 0),
		judge("no signature", text+"\n", 0),
		judge("no empty line", text+l0, 0),
		judge("no newline at the end", both[:len(both)-1], 0, 1),
		judge("empty line at the end", both+"\n", 0, 1),
		judge("carriage returns", string(bytes.ReplaceAll([]byte(both), []byte("\n"), []byte("\r\n"))), 0, 1),
		judge("a tab in the text", "a\tb\n\n"+l0, 0),
		judge("not UTF-8", "a\xffb\n\n"+l0, 0),
		judge("a hyphen for the dash", text+"\n-"+l0[3:], 0),
		judge("a name with a plus", text+"\n— a+b AAAAAAAA\n"+l0, 0),
		judge("a name with a no-break space", text+"\n— a\u00a0b AAAAAAAA\n"+l0, 0),
		judge("a name with U+0085", text+"\n— a\u0085b AAAAAAAA\n"+l0, 0),
		judge("a name with U+007F", text+"\n— a\u007fb AAAAAAAA\n"+l0, 0),
		judge("a name with U+200B", text+"\n— a\u200bb AAAAAAAA\n"+l0, 0),
		judge("an empty name", text+"\n—  AAAAAAAA\n"+l0, 0),
		judge("three spaces", text+"\n— a AAAAAAAA AAAA\n"+l0, 0),
		judge("a signature of no bytes", text+"\n— a AAAAAA==\n"+l0, 0),
		judge("a signature of one byte", text+"\n— a AAAAAAA=\n"+l0, 0),
		judge("an ML-DSA-44 cosignature", text+"\n"+l0+"— w.example "+string(bytes.Repeat([]byte("AAAA"), 811))+"\n", 0),
		judge("a hundred lines", "x\n\n"+string(bytes.Repeat([]byte(unknown), 99))+sign("x\n", 0).Note[3:], 0),
		judge("a hundred lines and one", "x\n\n"+string(bytes.Repeat([]byte(unknown), 100))+sign("x\n", 0).Note[3:], 0),
	}

	masks := []int{0x01, 0x02, 0x08, 0x20, 0x80}
	change := func(msg string, known ...int) Changed {
		var accepted bytes.Buffer
		for _, mask := range masks {
			for i := range []byte(msg) {
				changed := []byte(msg)
				changed[i] ^= byte(mask)
				if open(changed, known...) >= 0 {
					accepted.WriteByte('1')
				} else {
					accepted.WriteByte('0')
				}
			}
		}
		return Changed{msg, known, masks, accepted.String()}
	}
	changed := []Changed{
		change(both, 0, 1),
		change(both, 1),
		change(text+"\n"+unknown+l0, 0),
	}

	out := json.NewEncoder(os.Stdout)
	out.SetEscapeHTML(false)
	out.SetIndent("", " ")
	check(out.Encode(map[string]interface{}{"keys": keys, "signed": signed, "judged": judged, "changed": changed}))
}
