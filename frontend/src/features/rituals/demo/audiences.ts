/** To whom a demo shows, as the server orders them. */
export const AUDIENCES = ['operations', 'security', 'product'] as const;
