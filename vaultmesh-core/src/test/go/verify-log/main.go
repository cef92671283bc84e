// Verifies a C2SP tlog-tiles log in a directory, and writes one, with Go's own transparency log: golang.org/x/mod's
// sumdb/tlog and sumdb/note. What is ours here is the parsing of entry bundles, checkpoints and proofs, which Go lacks.
//
//	verify-log verify <directory> <vkey> [<file>.tlog-proof | <file>.consistency]...
//	verify-log write <directory> <private key> <size> <index>
//
// The first exits with 0 only if all of the log and all of the proofs hold. The second writes a log of that size, and a
// proof of the entry at that index to <directory>/go.tlog-proof.
package main

import (
	"fmt"
	"os"
	"strconv"
	"strings"
)

func main() {
	if err := run(os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, "REFUSED:", err)
		os.Exit(1)
	}
}

func run(args []string) error {
	switch {
	case len(args) >= 3 && args[0] == "verify":
		return verify(args[1], args[2], args[3:])
	case len(args) == 5 && args[0] == "write":
		size, err := strconv.ParseInt(args[3], 10, 64)
		if err != nil {
			return err
		}
		index, err := strconv.ParseInt(args[4], 10, 64)
		if err != nil {
			return err
		}
		return write(args[1], args[2], size, index)
	default:
		return fmt.Errorf("arguments are %q", strings.Join(args, " "))
	}
}
