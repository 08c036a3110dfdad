/* Stands in for Electron where none for Windows can be had: only the installers are tried with it. */

/* The place where the fuses are set: sentinel, version, count, and a value for each. */
const volatile char fuses[] = "dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX" "\x01\x08" "10010000";

int main(void) { return fuses[0] == 'd' ? 0 : 1; }
