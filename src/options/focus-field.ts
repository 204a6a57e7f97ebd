/** Goes to the first of the fields that is there and can be typed into; what is wrong with it stands below it, and comes into sight too. */
export function focusField(ids: readonly string[]): void {
	const fields = ids.map((id) => document.getElementById(id));
	const field = fields.find((each) => each && !each.matches(":disabled"));
	field?.scrollIntoView({ block: "center" });
	field?.focus({ preventScroll: true });
}
