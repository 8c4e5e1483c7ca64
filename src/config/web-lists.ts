import { domainToASCII } from 'node:url';
import { hostnameOf, originOf } from '../web-address.js';

/** One item of a list: what it stands for, or what is wrong with it. */
export type Item<Value extends string = string> = { readonly value: Value } | { readonly fault: string };

/** An origin whose pages may use the service, in the form that browsers send; `*` stands for every one. */
export function allowedOrigin(text: string): Item {
  if (text === '*') return { value: text };
  const value = originOf(text.replace(/\/$/, ''));
  if (value !== undefined) return { value };
  return {
    fault: `expected origins like https://app.example.com or http://localhost:5173, without a path${came(text)}`,
  };
}

/** A name that the service may be reached by; `.example.com` stands for that name and all below it. */
export function allowedHost(text: string): Item {
  const [, dot = '', name = ''] = /^(\.?)(\[.*\]|[^\s:/\\?#@]+)$/.exec(text) ?? [];
  // An address literal in brackets is in its final form.
  const value = hostnameOf(name.startsWith('[') ? name : domainToASCII(name));
  if (value !== undefined) return { value: dot + value };
  return {
    fault: `expected names like vision.example.com, or .example.com for all of a domain, without scheme and port${came(text)}`,
  };
}

/** The text, unless it may hold a password. */
function came(text: string): string {
  return text.includes('@') ? '' : `, and '${text.slice(0, 100)}' came`;
}
