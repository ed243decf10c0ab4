//! How an address is set for the post of its country, seen from the country of origin.
