import './eye.css';

/** An eye that opens for a picture. */
export function Eye() {
  return (
    <svg className="eye" viewBox="0 0 200 100" aria-hidden="true">
      <path className="eye-lid" d="M6 50C40 16 70 5 100 5s60 11 94 45c-34 34-64 45-94 45S40 84 6 50Z" />
      <circle className="eye-iris" cx="100" cy="50" r="32" />
      <circle className="eye-pupil" cx="100" cy="50" r="13" />
      <circle className="eye-light" cx="110" cy="40" r="5" />
    </svg>
  );
}
