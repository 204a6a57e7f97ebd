// YAML or Ion as a tree: the JSON that it stands for, or why it could not be read.

import { escapedText } from "../components/text-spans.tsx";
import { useConverted } from "../content/conversion.ts";
import { JsonPane, type JsonPaneProps } from "./tree/JsonPane.tsx";

export interface ConvertedPaneProps extends JsonPaneProps {
	readonly kind: "yaml" | "ion";
}

export function ConvertedPane(props: ConvertedPaneProps) {
	const { body, kind, viewSwitch, flash } = props;
	const converted = useConverted(body, kind);
	if (converted.state === "ready") {
		const { json, of } = converted;
		// The same text as the one that was compared, so that its nodes are the same too.
		const flashed = flash?.body === of ? { ...flash, body: json } : undefined;
		return (
			<JsonPane {...props} body={json} dialect="extended" flash={flashed} />
		);
	}
	return (
		<>
			<div class="views">{viewSwitch}</div>
			{converted.state === "failed" ? (
				<pre class="problem" role="alert">
					No tree of this {kind === "yaml" ? "YAML" : "Ion"}:{" "}
					{escapedText(converted.trouble)}
					{"\n"}Raw shows the text.
				</pre>
			) : (
				<div class="nothing" />
			)}
		</>
	);
}
