/**
 * What is wrong with a password that comes apart from the address of the queue. An address that cannot be read is
 * refused where the queue is opened.
 */
export function queuePasswordFault(address: string | undefined): string | undefined {
  if (address === undefined) return 'there is no QUEUE_URL that it could be for';
  if (!URL.canParse(address) || new URL(address).password === '') return undefined;
  return 'there is a password in QUEUE_URL already. Set one of the two';
}

/** The address with the password in it, escaped: it may be any text. */
export function withQueuePassword(address: string, password: string): string {
  if (!URL.canParse(address)) return address;
  const url = new URL(address);
  url.password = encodeURIComponent(password);
  return url.href;
}
