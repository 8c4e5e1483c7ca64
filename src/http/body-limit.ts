/** base64 takes four bytes for three, and the query comes on top. */
const BODY_PER_UPLOAD_BYTE = 1.4;
const BODY_BESIDE_UPLOAD = 100_000;

/** The largest JSON body, in bytes, when one image file may have `uploadBytes`. */
export function bodyLimit(uploadBytes: number): number {
  return Math.ceil(uploadBytes * BODY_PER_UPLOAD_BYTE) + BODY_BESIDE_UPLOAD;
}
