;; The inner loops of scaling a picture, on 16 bytes at a time; resample.ts calls them for each row.
;; All places are bytes of the memory. A pixel is four bytes between them: red, green, blue, and one of no meaning.
;; Loads and stores may touch up to 16 bytes behind what is asked for.
;; Weights are parts of 256 that add up to 256, so that a sum of weighted bytes fits into 16 bits without a sign.
(module
  (memory (export "memory") 1)

  ;; Three bytes a pixel to four.
  (func (export "pack") (param $from i32) (param $to i32) (param $pixels i32)
    (local $end i32)
    (local.set $end (i32.add (local.get $to) (i32.shl (local.get $pixels) (i32.const 2))))
    (block $done
      (loop $next
        (br_if $done (i32.ge_u (local.get $to) (local.get $end)))
        (v128.store (local.get $to)
          (i8x16.shuffle 0 1 2 16 3 4 5 16 6 7 8 16 9 10 11 16
            (v128.load (local.get $from)) (v128.const i32x4 0 0 0 0)))
        (local.set $from (i32.add (local.get $from) (i32.const 12)))
        (local.set $to (i32.add (local.get $to) (i32.const 16)))
        (br $next))))

  ;; Four bytes a pixel to three.
  (func (export "unpack") (param $from i32) (param $to i32) (param $pixels i32)
    (local $end i32)
    (local.set $end (i32.add (local.get $from) (i32.shl (local.get $pixels) (i32.const 2))))
    (block $done
      (loop $next
        (br_if $done (i32.ge_u (local.get $from) (local.get $end)))
        (v128.store (local.get $to)
          (i8x16.shuffle 0 1 2 4 5 6 8 9 10 12 13 14 16 16 16 16
            (v128.load (local.get $from)) (v128.const i32x4 0 0 0 0)))
        (local.set $from (i32.add (local.get $from) (i32.const 16)))
        (local.set $to (i32.add (local.get $to) (i32.const 12)))
        (br $next))))

  ;; Mixes pixels beside each other.
  ;; first: for each result, the place of its first pixel from $from on (i32). weights: for each result so many
  ;; pairs of taps, each weight four times (i16).
  (func (export "mixColumns")
    (param $from i32) (param $to i32) (param $first i32) (param $weights i32) (param $pairs i32) (param $results i32)
    (local $end i32) (local $at i32) (local $left i32) (local $sum v128)
    (local.set $end (i32.add (local.get $to) (i32.shl (local.get $results) (i32.const 2))))
    (block $done
      (loop $next
        (br_if $done (i32.ge_u (local.get $to) (local.get $end)))
        (local.set $at (i32.add (local.get $from) (i32.load (local.get $first))))
        (local.set $left (local.get $pairs))
        ;; One half, to round; only once, since the two halves of the sum are added up.
        (local.set $sum (v128.const i16x8 128 128 128 128 0 0 0 0))
        (loop $pair
          (local.set $sum (i16x8.add (local.get $sum)
            (i16x8.mul (v128.load8x8_u (local.get $at)) (v128.load (local.get $weights)))))
          (local.set $at (i32.add (local.get $at) (i32.const 8)))
          (local.set $weights (i32.add (local.get $weights) (i32.const 16)))
          (br_if $pair (local.tee $left (i32.sub (local.get $left) (i32.const 1)))))
        (local.set $sum (i16x8.shr_u
          (i16x8.add (local.get $sum)
            (i8x16.shuffle 8 9 10 11 12 13 14 15 8 9 10 11 12 13 14 15 (local.get $sum) (local.get $sum)))
          (i32.const 8)))
        (i32.store (local.get $to)
          (i32x4.extract_lane 0 (i8x16.narrow_i16x8_u (local.get $sum) (local.get $sum))))
        (local.set $first (i32.add (local.get $first) (i32.const 4)))
        (local.set $to (i32.add (local.get $to) (i32.const 4)))
        (br $next))))

  ;; Mixes rows below each other into one. weights: one for each row (i32).
  (func (export "mixRows")
    (param $from i32) (param $to i32) (param $stride i32) (param $weights i32) (param $taps i32) (param $pixels i32)
    (local $end i32) (local $at i32) (local $tap i32) (local $left i32)
    (local $low v128) (local $high v128) (local $four v128) (local $weight v128)
    (local.set $end (i32.add (local.get $to) (i32.shl (local.get $pixels) (i32.const 2))))
    (block $done
      (loop $next
        (br_if $done (i32.ge_u (local.get $to) (local.get $end)))
        (local.set $at (local.get $from))
        (local.set $tap (local.get $weights))
        (local.set $left (local.get $taps))
        (local.set $low (i16x8.splat (i32.const 128)))
        (local.set $high (i16x8.splat (i32.const 128)))
        (loop $row
          (local.set $four (v128.load (local.get $at)))
          (local.set $weight (i16x8.splat (i32.load (local.get $tap))))
          (local.set $low (i16x8.add (local.get $low)
            (i16x8.mul (i16x8.extend_low_i8x16_u (local.get $four)) (local.get $weight))))
          (local.set $high (i16x8.add (local.get $high)
            (i16x8.mul (i16x8.extend_high_i8x16_u (local.get $four)) (local.get $weight))))
          (local.set $at (i32.add (local.get $at) (local.get $stride)))
          (local.set $tap (i32.add (local.get $tap) (i32.const 4)))
          (br_if $row (local.tee $left (i32.sub (local.get $left) (i32.const 1)))))
        (v128.store (local.get $to)
          (i8x16.narrow_i16x8_u
            (i16x8.shr_u (local.get $low) (i32.const 8))
            (i16x8.shr_u (local.get $high) (i32.const 8))))
        (local.set $from (i32.add (local.get $from) (i32.const 16)))
        (local.set $to (i32.add (local.get $to) (i32.const 16)))
        (br $next)))))
