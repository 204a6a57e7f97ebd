// Gives the extension the browser's own API in place of webextension-polyfill, whose wrapper has nothing left to do since Chrome's API returns promises.
import type { Plugin } from "vite";

const POLYFILL = "webextension-polyfill";
const NATIVE = "\0native-api";

export function withNativeApi(): Plugin {
	return {
		name: "with-native-api",
		enforce: "pre",
		resolveId: (source) => (source === POLYFILL ? NATIVE : undefined),
		load: (id) =>
			id.startsWith(NATIVE)
				? "export default globalThis.browser ?? globalThis.chrome;"
				: undefined,
	};
}
