/* When a question is asked: the same rules as procurement/questionnaires/conditions.py, which has the last word.
   window.conditions.holds(rule, answers, facts); both are held to tests/procurement/questionnaires/conditions.json. */
(() => {
  "use strict";

  const DAY = /^\d{4}-\d{2}-\d{2}$/;
  const isList = Array.isArray;
  const isNumber = (value) => typeof value === "number";
  const isDay = (value) => typeof value === "string" && DAY.test(value);
  const isObject = (value) => typeof value === "object" && value !== null && !isList(value);
  const has = (object, name) => Object.prototype.hasOwnProperty.call(object, name);
  const at = (object, name) => (has(object, name) ? object[name] : undefined);

  function isNothing(known) {
    if (known === null || known === undefined || known === "") return true;
    if (isList(known)) return known.length === 0;
    return isObject(known) && Object.keys(known).length === 0;
  }

  function same(one, other) {
    if (isList(one) && isList(other)) return one.length === other.length && one.every((each, n) => same(each, other[n]));
    if (isObject(one) && isObject(other)) {
      const names = Object.keys(one);
      return names.length === Object.keys(other).length && names.every((name) => has(other, name) && same(one[name], other[name]));
    }
    return one === other;
  }

  function is(known, v) {
    if (!isList(known)) return same(known, v);
    const wanted = isList(v) ? v : [v];
    return known.every((each) => wanted.some((one) => same(each, one))) && wanted.every((one) => known.some((each) => same(each, one)));
  }

  function contains(known, v) {
    if (isList(known)) return known.some((each) => same(each, v));
    return typeof known === "string" && typeof v === "string" && known.toLowerCase().includes(v.toLowerCase());
  }

  function isBeyond(known, op, v) {
    if (!(isNumber(known) && isNumber(v)) && !(isDay(known) && isDay(v))) return false;
    return op === "gt" ? known > v : known < v;
  }

  function compares(known, op, v) {
    const hasValue = !isNothing(known);
    if (op === "answered") return hasValue !== (v === false);
    if (!hasValue) return false;
    if (op === "is") return is(known, v);
    if (op === "is_not") return !is(known, v);
    if (op === "in") return isList(v) && (isList(known) ? known : [known]).some((each) => v.some((one) => same(each, one)));
    if (op === "contains") return contains(known, v);
    return isBeyond(known, op, v);
  }

  function holds(rule, answers, facts) {
    if (rule === null || rule === undefined) return true;
    if (has(rule, "all")) return rule.all.every((each) => holds(each, answers, facts));
    if (has(rule, "any")) return rule.any.some((each) => holds(each, answers, facts));
    if (has(rule, "not")) return !holds(rule.not, answers, facts);
    return compares(has(rule, "q") ? at(answers, rule.q) : at(facts, rule.fact), rule.op, rule.v);
  }

  window.conditions = { holds };
})();
