export default function Experiments() { return null; }
