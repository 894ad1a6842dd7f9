;; A component that wants a clock.
(module
  (import "$root" "clock" (func $clock (result i64)))
  (memory (export "memory") 1)
  (func (export "run") (result i64) (call $clock)))
