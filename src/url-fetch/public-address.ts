import ipaddr from 'ipaddr.js';

const GLOBAL_UNICAST_V6 = ipaddr.IPv6.parseCIDR('2000::/3');

// Public by its number, yet answered by the host of every Azure machine, with that machine's certificates and keys.
const METADATA_V4 = new Set(['168.63.129.16']);

/**
 * Whether an IP address belongs to a host of the open internet. Everything special is refused: private, loopback,
 * link-local (where clouds keep their metadata), shared (CGNAT), multicast, reserved, documentation, and every
 * IPv6 form that carries an IPv4 address inside (mapped, compatible, translated, 6to4, Teredo, NAT64).
 *
 * @param address IPv4 in dotted decimal or IPv6 without brackets; anything else is not public
 */
export function isPublicAddress(address: string): boolean {
  // The strict form: `parse` alone would read 010.0.0.1 as octal and 1 as 0.0.0.1.
  if (ipaddr.IPv4.isValidFourPartDecimal(address)) {
    return ipaddr.IPv4.parse(address).range() === 'unicast' && !METADATA_V4.has(address);
  }
  if (!ipaddr.IPv6.isValid(address)) return false;
  const parsed = ipaddr.IPv6.parse(address);
  // A zone (`%eth0`) picks a local interface; nothing public has one.
  return parsed.zoneId === undefined && parsed.range() === 'unicast' && parsed.match(GLOBAL_UNICAST_V6);
}
