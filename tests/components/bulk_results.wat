;; Fills or copies memory, and traps unless every byte is what it should be, or else returns the typed error
;; "right". What it does is told by four numbers at the page's begin: 1 to fill or 0 to copy, to, from (or the byte
;; to fill with), length. A number is eight letters of four bits, from "a" on.
(module
  (memory (export "memory") 4)
  (global $top (mut i32) (i32.const 200000))
  (func (export "cabi_realloc") (param i32 i32 i32 i32) (result i32)
    (global.get $top)
    (global.set $top (i32.and (i32.add (i32.add (global.get $top) (local.get 3)) (i32.const 7))
                              (i32.const -8))))
  (data (i32.const 64) "right")
  ;; What a byte was before.
  (func $before (param $at i32) (result i32)
    (i32.and (i32.add (i32.mul (local.get $at) (i32.const 31)) (i32.shr_u (local.get $at) (i32.const 7)))
             (i32.const 255)))
  (func $argument (param $page i32) (param $digit i32) (result i32)
    (local $i i32) (local $value i32)
    (loop $next
      (local.set $value
        (i32.or (i32.shl (local.get $value) (i32.const 4))
                (i32.sub (i32.load8_u (i32.add (local.get $page) (i32.add (local.get $digit) (local.get $i))))
                         (i32.const 97))))
      (br_if $next (i32.lt_u (local.tee $i (i32.add (local.get $i) (i32.const 1))) (i32.const 8))))
    (local.get $value))
  (func (export "riptide:extractor/extraction@1.0.0#extract")
    (param $page i32) (param i32 i32 i32 i32 i32 i32 i32) (result i32)
    (local $fills i32) (local $to i32) (local $from i32) (local $length i32) (local $at i32) (local $want i32)
    (local.set $fills (call $argument (local.get $page) (i32.const 0)))
    (local.set $to (call $argument (local.get $page) (i32.const 8)))
    (local.set $from (call $argument (local.get $page) (i32.const 16)))
    (local.set $length (call $argument (local.get $page) (i32.const 24)))
    (local.set $at (i32.const 1024))
    (loop $next
      (i32.store8 (local.get $at) (call $before (local.get $at)))
      (br_if $next (i32.lt_u (local.tee $at (i32.add (local.get $at) (i32.const 1))) (i32.const 150000))))
    (if (local.get $fills)
      (then (memory.fill (local.get $to) (local.get $from) (local.get $length)))
      (else (memory.copy (local.get $to) (local.get $from) (local.get $length))))
    (local.set $at (i32.const 1024))
    (loop $next
      (local.set $want (call $before (local.get $at)))
      (if (i32.lt_u (i32.sub (local.get $at) (local.get $to)) (local.get $length))
        (then
          (local.set $want
            (if (result i32) (local.get $fills)
              (then (i32.and (local.get $from) (i32.const 255)))
              (else (call $before (i32.add (i32.sub (local.get $at) (local.get $to)) (local.get $from))))))))
      (if (i32.ne (i32.load8_u (local.get $at)) (local.get $want)) (then unreachable))
      (br_if $next (i32.lt_u (local.tee $at (i32.add (local.get $at) (i32.const 1))) (i32.const 150000))))
    (i32.store8 (i32.const 16) (i32.const 1))
    (i32.store8 (i32.const 20) (i32.const 0))
    (i32.store (i32.const 24) (i32.const 64))
    (i32.store (i32.const 28) (i32.const 5))
    (i32.const 16)))
