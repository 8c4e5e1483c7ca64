/** The compiled thread, beside this file. */
export const THREAD_FILE = new URL('./thread.js', import.meta.url);
