;; Never returns, and leaves its work to the host: the page's length says which work.
(module
  (memory (export "memory") 256)
  (table 5000 funcref)
  (data $segment "some data")
  (global $top (mut i32) (i32.const 1024))
  (func (export "cabi_realloc") (param i32 i32 i32 i32) (result i32)
    (global.get $top)
    (global.set $top (i32.and (i32.add (i32.add (global.get $top) (local.get 3)) (i32.const 7))
                              (i32.const -8))))
  (func (export "riptide:extractor/extraction@1.0.0#extract")
    (param $page i32) (param $length i32) (param i32 i32 i32 i32 i32 i32) (result i32)
    (local $megabytes i32)
    (local.set $megabytes (i32.const 8000000))
    (loop $again
      (block $grow (block $table (block $segment (block $short (block $back (block $copy (block $fill
        (br_table $fill $copy $back $short $segment $table $grow (local.get $length)))
        ;; 0
        (memory.fill (i32.const 4096) (i32.const 7) (local.get $megabytes)) (br $again))
        ;; 1
        (memory.copy (i32.const 4096) (i32.const 70000) (local.get $megabytes)) (br $again))
        ;; 2
        (memory.copy (i32.const 70000) (i32.const 4096) (local.get $megabytes)) (br $again))
        ;; 3
        (memory.fill (i32.const 4096) (i32.const 7) (i32.const 4096)) (br $again))
        ;; 4
        (memory.init $segment (i32.const 4096) (i32.const 0) (i32.const 9)) (br $again))
        ;; 5
        (table.copy (i32.const 0) (i32.const 2000) (i32.const 3000)) (br $again))
      ;; 6
      (drop (memory.grow (i32.const 0)))
      (br $again))
    (unreachable)))
