// Imported first by every command: an old Node.js would fail later, with a message that helps nobody.
const [major, minor] = process.versions.node.split('.').map(Number);
if (major < 20 || (major === 20 && minor < 19)) {
  console.error(
    `Marquee needs Node.js 20.19 or newer; this is ${process.versions.node}. Install a newer one from nodejs.org or your system's packages.`,
  );
  process.exit(1);
}
