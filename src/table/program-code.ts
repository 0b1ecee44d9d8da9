import wabt from 'wabt';

/** What the byte at an address is worth as a digit. In place: a call takes longer than what it does. */
function digit(at: string): string {
  return `(i32.load8_u (i32.add (global.get $digitOf) (i32.load8_u ${at})))`;
}

/**
 * The innermost loops as WebAssembly, in its text format. JavaScript starts slow: in a hook the first megabytes would be
 * over before V8 has compiled it, and this is quick from the first byte. `src/detect/program.ts` lays out the memory and
 * hands in all addresses (in bytes).
 *
 * A state is the address of its row: `classCount` numbers of 32 bits, by class the address of the next row. 0: not
 * unfolded yet. Rows of final states have the highest addresses.
 */
const source = `
(module
  (import "memory" "all" (memory 1))
  (import "at" "classes" (global $classes i32))
  (import "at" "edgeStart" (global $edgeStart i32))
  (import "at" "edgeClass" (global $edgeClass i32))
  (import "at" "edges" (global $edges i32))
  (import "at" "fail" (global $fail i32))
  (import "at" "rows" (global $rows i32))
  (import "at" "firstFinalRow" (global $firstFinalRow i32))
  (import "at" "stopped" (global $stopped i32)) ;; two numbers: the row and the place where the walk stopped
  (import "at" "isInWord" (global $isInWord i32)) ;; by byte
  (import "at" "digitOf" (global $digitOf i32)) ;; by byte: what it is worth in base64, or 255
  (import "at" "isInText" (global $isInText i32)) ;; by byte
  (import "count" "classes" (global $classCount i32))
  (import "count" "wordLength" (global $wordLength i32))
  (import "count" "runLength" (global $runLength i32))

  ;; Walks from a row through the bytes from $from to $to. Writes for each final state its row and the place behind its
  ;; last byte to $out, until $outEnd. Gives where it stopped writing.
  (func (export "walk")
    (param $row i32) (param $from i32) (param $to i32) (param $out i32) (param $outEnd i32) (result i32)
    (local $cell i32)
    (local $lastPlain i32)
    (local.set $lastPlain (i32.sub (global.get $firstFinalRow) (i32.const 1)))
    (block $done
      (loop $next
        (br_if $done (i32.ge_u (local.get $from) (local.get $to)))
        (local.set $cell
          (i32.add
            (local.get $row)
            (i32.shl
              (i32.load8_u (i32.add (global.get $classes) (i32.load8_u (local.get $from))))
              (i32.const 2))))
        (local.set $from (i32.add (local.get $from) (i32.const 1)))
        (local.set $row (i32.load (local.get $cell)))
        ;; One comparison for both: less 1, the 0 of what is not unfolded is higher than any row.
        (br_if $next (i32.lt_u (i32.sub (local.get $row) (i32.const 1)) (local.get $lastPlain)))
        (if (i32.eqz (local.get $row))
          (then
            (local.set $row (call $unfold (local.get $cell)))
            (br_if $next (i32.lt_u (local.get $row) (global.get $firstFinalRow)))))
        (i32.store (local.get $out) (local.get $row))
        (i32.store offset=4 (local.get $out) (local.get $from))
        (local.set $out (i32.add (local.get $out) (i32.const 8)))
        (br_if $next (i32.lt_u (local.get $out) (local.get $outEnd)))))
    (i32.store (global.get $stopped) (local.get $row))
    (i32.store offset=4 (global.get $stopped) (local.get $from))
    (local.get $out))

  ;; Works out where a cell leads to, and writes it down.
  (func $unfold (param $cell i32) (result i32)
    (local $number i32)
    (local $class i32)
    (local $state i32)
    (local $row i32)
    (local.set $number (i32.shr_u (i32.sub (local.get $cell) (global.get $rows)) (i32.const 2)))
    (local.set $class (i32.rem_u (local.get $number) (global.get $classCount)))
    (local.set $state (i32.div_u (local.get $number) (global.get $classCount)))
    (local.set $row (global.get $rows))
    (block $found
      (loop $shorter
        (local.set $number (call $edge (local.get $state) (local.get $class)))
        (if (i32.ge_s (local.get $number) (i32.const 0))
          (then
            (local.set $row
              (i32.add
                (global.get $rows)
                (i32.shl (i32.mul (local.get $number) (global.get $classCount)) (i32.const 2))))
            (br $found)))
        (br_if $found (i32.eqz (local.get $state)))
        (local.set $state (i32.load (i32.add (global.get $fail) (i32.shl (local.get $state) (i32.const 2)))))
        (br $shorter)))
    (i32.store (local.get $cell) (local.get $row))
    (local.get $row))

  ;; The state behind the edge of a class; -1 where there is none.
  (func $edge (param $state i32) (param $class i32) (result i32)
    (local $index i32)
    (local $end i32)
    (local.set $state (i32.add (global.get $edgeStart) (i32.shl (local.get $state) (i32.const 2))))
    (local.set $index (i32.load (local.get $state)))
    (local.set $end (i32.load offset=4 (local.get $state)))
    (loop $next
      (if (i32.ge_u (local.get $index) (local.get $end)) (then (return (i32.const -1))))
      (if (i32.eq (i32.load8_u (i32.add (global.get $edgeClass) (local.get $index))) (local.get $class))
        (then (return (i32.load (i32.add (global.get $edges) (i32.shl (local.get $index) (i32.const 2)))))))
      (local.set $index (i32.add (local.get $index) (i32.const 1)))
      (br $next))
    (unreachable))

  ;; Stretches that two texts have in common, in the order of both: for each its place in the text, its place in the old
  ;; one, and its length, until $outEnd. Not all that there are. Gives where it stopped writing.
  (func (export "commonParts")
    (param $text i32) (param $textEnd i32) (param $old i32) (param $oldEnd i32) (param $out i32) (param $outEnd i32)
    (result i32)
    (local $at i32)
    (local $oldAt i32)
    (local $length i32)
    (local $line i32)
    (local $lines i32)
    (local $windowEnd i32)
    (local $found i32)
    (local $budget i32)
    (local.set $at (local.get $text))
    (local.set $oldAt (local.get $old))
    ;; What the search may cost: a text that is quite another is not searched for what it does not have.
    (local.set $budget (i32.shl (i32.sub (local.get $textEnd) (local.get $text)) (i32.const 4)))
    (loop $part
      (local.set $length
        (call $alike (local.get $at) (local.get $textEnd) (local.get $oldAt) (local.get $oldEnd)))
      (if (local.get $length)
        (then
          (i32.store (local.get $out) (i32.sub (local.get $at) (local.get $text)))
          (i32.store offset=4 (local.get $out) (i32.sub (local.get $oldAt) (local.get $old)))
          (i32.store offset=8 (local.get $out) (local.get $length))
          (local.set $out (i32.add (local.get $out) (i32.const 12)))
          (if (i32.ge_u (local.get $out) (local.get $outEnd)) (then (return (local.get $out))))))
      (local.set $at (i32.add (local.get $at) (local.get $length)))
      (local.set $oldAt (i32.add (local.get $oldAt) (local.get $length)))
      ;; After a difference, the first, fourth and sixteenth line further down are looked for in the old text, up to so
      ;; many times 1024 bytes from where the texts parted.
      (local.set $line (local.get $at))
      (local.set $lines (i32.const 0))
      (loop $next
        (local.set $line (call $nextLine (local.get $line) (local.get $textEnd)))
        (if (i32.gt_u (i32.add (local.get $line) (i32.const 48)) (local.get $textEnd))
          (then (return (local.get $out))))
        (local.set $lines (i32.add (local.get $lines) (i32.const 1)))
        (if
          (i32.and
            (i32.eq (i32.popcnt (local.get $lines)) (i32.const 1))
            (i32.ne (i32.and (local.get $lines) (i32.const 21)) (i32.const 0)))
          (then
            (local.set $windowEnd
              (i32.add (local.get $oldAt) (i32.shl (local.get $lines) (i32.const 10))))
            (if (i32.gt_u (local.get $windowEnd) (local.get $oldEnd))
              (then (local.set $windowEnd (local.get $oldEnd))))
            (local.set $found (call $find (local.get $line) (local.get $oldAt) (local.get $windowEnd)))
            (if (local.get $found)
              (then
                (local.set $budget
                  (i32.sub (local.get $budget) (i32.sub (local.get $found) (local.get $oldAt))))
                (local.set $at (local.get $line))
                (local.set $oldAt (local.get $found))
                (br $part)))
            (local.set $budget
              (i32.sub (local.get $budget) (i32.sub (local.get $windowEnd) (local.get $oldAt))))))
        (br_if $next
          (i32.and
            (i32.lt_u (local.get $lines) (i32.const 16))
            (i32.gt_s (local.get $budget) (i32.const 0))))))
    (local.get $out))

  ;; The words of a text that have wordLength bytes or more: start and end of each. Gives where it stopped writing.
  (func (export "longWords") (param $text i32) (param $textEnd i32) (param $out i32) (result i32)
    (local $start i32)
    (local $at i32)
    (local.set $start (local.get $text))
    (block $done
      (loop $next
        (local.set $at (i32.add (local.get $start) (global.get $wordLength)))
        (br_if $done (i32.gt_u (local.get $at) (local.get $textEnd)))
        ;; From the last byte that the word has to have backwards: mostly the first look tells that there is none.
        (loop $back
          (local.set $at (i32.sub (local.get $at) (i32.const 1)))
          (if (i32.eqz (i32.load8_u (i32.add (global.get $isInWord) (i32.load8_u (local.get $at)))))
            (then
              (local.set $start (i32.add (local.get $at) (i32.const 1)))
              (br $next)))
          (br_if $back (i32.gt_u (local.get $at) (local.get $start))))
        (local.set $at (i32.add (local.get $start) (global.get $wordLength)))
        (block $end
          (loop $on
            (br_if $end (i32.ge_u (local.get $at) (local.get $textEnd)))
            (br_if $end (i32.eqz (i32.load8_u (i32.add (global.get $isInWord) (i32.load8_u (local.get $at))))))
            (local.set $at (i32.add (local.get $at) (i32.const 1)))
            (br $on)))
        (i32.store (local.get $out) (i32.sub (local.get $start) (local.get $text)))
        (i32.store offset=4 (local.get $out) (i32.sub (local.get $at) (local.get $text)))
        (local.set $out (i32.add (local.get $out) (i32.const 8)))
        (local.set $start (local.get $at))
        (br $next)))
    (local.get $out))

  ;; The runs of runLength and more digits of base64 that may hold text: start and end of each. Gives where it stopped
  ;; writing.
  (func (export "base64Runs") (param $text i32) (param $textEnd i32) (param $out i32) (result i32)
    (local $start i32)
    (local $at i32)
    (local.set $start (local.get $text))
    (block $done
      (loop $next
        (local.set $at (i32.add (local.get $start) (global.get $runLength)))
        (br_if $done (i32.gt_u (local.get $at) (local.get $textEnd)))
        ;; Backwards, as for long words.
        (loop $back
          (local.set $at (i32.sub (local.get $at) (i32.const 1)))
          (if (i32.eq ${digit('(local.get $at)')} (i32.const 255))
            (then
              (local.set $start (i32.add (local.get $at) (i32.const 1)))
              (br $next)))
          (br_if $back (i32.gt_u (local.get $at) (local.get $start))))
        (local.set $at (i32.add (local.get $start) (global.get $runLength)))
        (block $end
          (loop $on
            (br_if $end (i32.ge_u (local.get $at) (local.get $textEnd)))
            (br_if $end (i32.eq ${digit('(local.get $at)')} (i32.const 255)))
            (local.set $at (i32.add (local.get $at) (i32.const 1)))
            (br $on)))
        (if (call $mayHoldText (local.get $start))
          (then
            (i32.store (local.get $out) (i32.sub (local.get $start) (local.get $text)))
            (i32.store offset=4 (local.get $out) (i32.sub (local.get $at) (local.get $text)))
            (local.set $out (i32.add (local.get $out) (i32.const 8)))))
        (local.set $start (local.get $at))
        (br $next)))
    (local.get $out))

  ;; Whether a run begins like text, gzip, or text in UTF-16.
  (func $mayHoldText (param $at i32) (result i32)
    (local $first i32)
    (local $second i32)
    (local $third i32)
    (local.set $first (call $group (local.get $at)))
    (local.set $second (call $group (i32.add (local.get $at) (i32.const 4))))
    (local.set $third (call $group (i32.add (local.get $at) (i32.const 8))))
    (if (i32.eq (local.get $first) (i32.const 0x1f8b08)) (then (return (i32.const 1))))
    (if (call $isText (local.get $first))
      (then (return (i32.and (call $isText (local.get $second)) (call $isText (local.get $third))))))
    (if
      (i32.or
        (i32.and (i32.or (local.get $first) (local.get $third)) (i32.const 0x00ff00))
        (i32.and (local.get $second) (i32.const 0xff00ff)))
      (then (return (i32.const 0))))
    (i32.and
      (i32.and
        (call $isText (i32.or (local.get $first) (i32.const 0x002000)))
        (call $isText (i32.or (local.get $second) (i32.const 0x200020))))
      (call $isText (i32.or (local.get $third) (i32.const 0x002000)))))

  ;; The three bytes in four digits.
  (func $group (param $at i32) (result i32)
    (i32.or
      (i32.or
        (i32.shl ${digit('(local.get $at)')} (i32.const 18))
        (i32.shl ${digit('(i32.add (local.get $at) (i32.const 1))')} (i32.const 12)))
      (i32.or
        (i32.shl ${digit('(i32.add (local.get $at) (i32.const 2))')} (i32.const 6))
        ${digit('(i32.add (local.get $at) (i32.const 3))')})))

  (func $isText (param $group i32) (result i32)
    (i32.and
      (i32.and
        (i32.load8_u (i32.add (global.get $isInText) (i32.shr_u (local.get $group) (i32.const 16))))
        (i32.load8_u
          (i32.add (global.get $isInText) (i32.and (i32.shr_u (local.get $group) (i32.const 8)) (i32.const 255)))))
      (i32.load8_u (i32.add (global.get $isInText) (i32.and (local.get $group) (i32.const 255))))))

  ;; For how many bytes both go on alike.
  (func $alike (param $a i32) (param $aEnd i32) (param $b i32) (param $bEnd i32) (result i32)
    (local $start i32)
    (local.set $start (local.get $a))
    ;; No further than the shorter of both.
    (if (i32.gt_u
          (i32.sub (local.get $aEnd) (local.get $a))
          (i32.sub (local.get $bEnd) (local.get $b)))
      (then
        (local.set $aEnd
          (i32.add (local.get $a) (i32.sub (local.get $bEnd) (local.get $b))))))
    (block $end
      (loop $eight
        (br_if $end (i32.gt_u (i32.add (local.get $a) (i32.const 8)) (local.get $aEnd)))
        (br_if $end (i64.ne (i64.load align=1 (local.get $a)) (i64.load align=1 (local.get $b))))
        (local.set $a (i32.add (local.get $a) (i32.const 8)))
        (local.set $b (i32.add (local.get $b) (i32.const 8)))
        (br $eight)))
    (block $end
      (loop $one
        (br_if $end (i32.ge_u (local.get $a) (local.get $aEnd)))
        (br_if $end (i32.ne (i32.load8_u (local.get $a)) (i32.load8_u (local.get $b))))
        (local.set $a (i32.add (local.get $a) (i32.const 1)))
        (local.set $b (i32.add (local.get $b) (i32.const 1)))
        (br $one)))
    (i32.sub (local.get $a) (local.get $start)))

  ;; Behind the next line feed, or at the end.
  (func $nextLine (param $at i32) (param $end i32) (result i32)
    (block $done
      (loop $next
        (br_if $done (i32.ge_u (local.get $at) (local.get $end)))
        (local.set $at (i32.add (local.get $at) (i32.const 1)))
        (br_if $next (i32.ne (i32.load8_u (i32.sub (local.get $at) (i32.const 1))) (i32.const 10)))))
    (local.get $at))

  ;; Where the 48 bytes at $what stand between $from and $end; 0 where they do not.
  (func $find (param $what i32) (param $from i32) (param $end i32) (result i32)
    (local $first i64)
    (local.set $first (i64.load align=1 (local.get $what)))
    (block $done
      (loop $next
        (br_if $done (i32.gt_u (i32.add (local.get $from) (i32.const 48)) (local.get $end)))
        (if (i64.eq (i64.load align=1 (local.get $from)) (local.get $first))
          (then
            (if (i32.eq
                  (call $alike
                    (local.get $what) (i32.add (local.get $what) (i32.const 48))
                    (local.get $from) (i32.add (local.get $from) (i32.const 48)))
                  (i32.const 48))
              (then (return (local.get $from))))))
        (local.set $from (i32.add (local.get $from) (i32.const 1)))
        (br $next)))
    (i32.const 0)))
`;

/** The loops as a WebAssembly module. Build time only: it goes into the scan table. */
export const programCode: Uint8Array<ArrayBuffer> = await compile();

async function compile(): Promise<Uint8Array<ArrayBuffer>> {
  const { parseWat } = await wabt();
  const program = parseWat('program.wat', source);
  try {
    program.validate();
    return new Uint8Array(program.toBinary({}).buffer);
  } finally {
    program.destroy();
  }
}
