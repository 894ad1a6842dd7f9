;; The right names with other types.
(module
  (memory (export "memory") 1)
  (func (export "cabi_realloc") (param i32 i32 i32 i32) (result i32) (i32.const 1024))
  (func (export "riptide:extractor/extraction@1.0.0#extract") (param i32 i32 i32 i32 i32) (result i32)
    (unreachable)))
