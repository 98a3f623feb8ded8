import { lookup as resolve, type LookupAddress } from 'node:dns';
import { BlockList, isIP, type LookupFunction } from 'node:net';

const inside = new BlockList();
for (const [network, prefix] of [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['224.0.0.0', 3],
] as const)
  inside.addSubnet(network, prefix, 'ipv4');
for (const [network, prefix] of [
  ['::', 127],
  ['64:ff9b::', 96],
  ['fc00::', 7],
  ['fe80::', 10],
  ['ff00::', 8],
] as const)
  inside.addSubnet(network, prefix, 'ipv6');

/** Addresses of this machine, of private networks, and those that no public host has (RFC 6890). An IPv4 address in IPv6 form counts as itself. */
export const isPrivate = (address: string): boolean => inside.check(address, isIP(address) === 6 ? 'ipv6' : 'ipv4');

const refusal = 'The webhook leads to a private address. An admin can allow this in the settings of the experiments.';

/** Whether the host is an address, and a private one: names are looked up later, see `publicLookup`. */
export function refusePrivate(host: string): void {
  const address = host.replace(/^\[|\]$/g, '');
  if (isIP(address) && isPrivate(address)) throw new Error(refusal);
}

/** Looks a host up for a connection, which then goes to what was checked here: an answer that changes in between has no effect. */
export const publicLookup: LookupFunction = (host, options, done) => {
  resolve(host, { ...options, all: true }, (error, addresses: readonly LookupAddress[]) => {
    if (error) return done(error, '');
    const first = addresses[0];
    if (!first) return done(new Error(`There is no host ${host}.`), '');
    if (addresses.some(({ address }) => isPrivate(address))) return done(new Error(refusal), '');
    return options.all ? done(null, [...addresses]) : done(null, first.address, first.family);
  });
};
