;; Grows and touches its memory until a growth is denied, then traps, as an allocator does.
(module
  (memory (export "memory") 1)
  (global $top (mut i32) (i32.const 1024))
  (func (export "cabi_realloc") (param i32 i32 i32 i32) (result i32)
    (global.get $top)
    (global.set $top (i32.and (i32.add (i32.add (global.get $top) (local.get 3)) (i32.const 7))
                              (i32.const -8))))
  (func (export "riptide:extractor/extraction@1.0.0#extract")
    (param i32 i32 i32 i32 i32 i32 i32 i32) (result i32)
    (local $page i32)
    (loop $again
      (local.set $page (memory.grow (i32.const 16)))
      (if (i32.eq (local.get $page) (i32.const -1)) (then (unreachable)))
      (memory.fill (i32.shl (local.get $page) (i32.const 16)) (i32.const 1) (i32.const 1048576))
      (br $again))
    (unreachable)))
