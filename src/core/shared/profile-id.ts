declare const profileId: unique symbol;
/** Identifies a saved profile. A type of its own, so that no other text is taken for one. */
export type ProfileId = string & { readonly [profileId]: true };
