;; A component inside it has functions of its own.
(component
  (component $inner
    (core module $module (func (export "f")))
    (core instance $instance (instantiate $module))
    (func (export "f") (canon lift (core func $instance "f"))))
  (instance (instantiate $inner)))
