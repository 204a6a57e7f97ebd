// What the workers that read YAML and Ion have in common: text in, extended JSON or a complaint out.
import type { Extended } from "../../document/presentation.ts";

export interface ConvertRequest {
	readonly text: string;
}

export type Converted = Extended | { readonly trouble: string };

export function serve(convert: (text: string) => Extended): void {
	self.onmessage = ({ data }: MessageEvent<ConvertRequest>) => {
		self.postMessage(answer(convert, data.text));
	};
}

function answer(convert: (text: string) => Extended, text: string): Converted {
	try {
		return convert(text);
	} catch (error) {
		// Whatever the library throws at a document is about the document.
		return { trouble: error instanceof Error ? error.message : String(error) };
	}
}
