// What the workers that read YAML and Ion have in common: text in, JSON text or a complaint out.

export type Converted =
	| { readonly json: string }
	| { readonly trouble: string };

export function serve(convert: (text: string) => string): void {
	self.onmessage = ({ data }: MessageEvent<string>) => {
		self.postMessage(answer(convert, data));
	};
}

function answer(convert: (text: string) => string, text: string): Converted {
	try {
		return { json: convert(text) };
	} catch (error) {
		// Whatever the library throws at a document is about the document.
		return { trouble: error instanceof Error ? error.message : String(error) };
	}
}
