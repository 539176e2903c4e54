// Every way to declare a name, and names that mean something else further in, further out or beside; tells all it saw.

const told = [];
const tell = (...words) => {
  told.push(words.join(" "));
};
const value = "outer";

function shadows(value, other = value + "!", { inside, deep: [first, ...others] = [] } = {}) {
  {
    const value = "block";
    tell(value, other);
  }
  for (const value of [1, 2]) tell(value);
  for (let at = 0, top = 2; at < top; at++) {
    let at = "inner";
    tell(at);
  }
  tell(value, inside, first, others.length);
  return ({ value }) => ({ value, other, inside });
}
tell(JSON.stringify(shadows("given", undefined, { inside: 1, deep: [2, 3, 4] })({ value: "last" })));

tell(hoisted(3), typeof later);
function hoisted(number) {
  return number ? hoisted(number - 1) + number : counted;
  var counted = 9;
}
var later = function recurring(depth) {
  return depth > 2 ? depth : recurring(depth + 1);
};
tell(later(0));

function vars() {
  if (true) {
    var across = "across";
  }
  for (var at in { key: 1 }) tell(at);
  return across + at;
}
tell(vars());

function global(Math) {
  return Math;
}
tell(global("mine"), Math.max(1, 2), typeof location, typeof undeclared);

try {
  throw new Error("thrown");
} catch ({ message, cause = "none" }) {
  tell(message, cause);
}
try {
  null.x;
} catch {
  tell("no name");
}

class Base {
  static made = 0;
  #count = 1;
  static {
    var value = 2;
    Base.made += value;
  }
  get count() {
    return this.#count;
  }
  #hidden() {
    return this.#count++;
  }
  step(by = this.#hidden()) {
    return by + this.#count;
  }
  static has(other) {
    return #count in other;
  }
}
class Derived extends Base {
  #count = 10;
  constructor() {
    super();
    this.own = this.#count;
  }
  ["key" + value]() {
    return value;
  }
}
const derived = new Derived();
tell(derived.step(), derived.count, derived.own, derived.keyouter(), Base.made, Base.has(derived), Base.has({}));
const Named = class Inner {
  static self() {
    return Inner === Named;
  }
};
tell(Named.self());

outer: for (const one of [1, 2, 3]) {
  for (const two of [1, 2]) {
    if (two === 2) continue outer;
    tell(`${one}${two}${`${one}`}`);
  }
}
switch (value) {
  case "outer": {
    const told = "switch";
    tell(told);
  }
  default:
    let value = 5;
    tell(value);
}
function* steps(limit) {
  for (let step = 0; step < limit; step++) yield step;
}
tell([...steps(3)], [..."ab"].map((letter) => letter + letter), [1, 2].map(x => ({ x })).length);

let swapped = 1, other = 2;
[swapped, other] = [other, swapped];
tell(swapped, other);
({ swapped, other = 7 } = { swapped: 5 });
tell(swapped, other);
const [, second = "two", { third: renamed } = { third: "three" }] = [1];
tell(second, renamed);

const object = {
  value,
  told: 1,
  tell() {
    return value;
  },
  get other() {
    return swapped;
  },
  async: 1,
  [value]: 2,
  in: 3,
};
tell(object.tell(), object.other, Object.keys(object), object?.value, object?.["outer"], [1, , 2,].length, [,].length);
tell("told value 'value".replace(/told|[/"']value/g, "_"), `told ${value} told`);

const inner = (one) => {
  do one++;
  while (one < 5);
  if (one);
  else tell("no");
  for (;;) {
    break;
  }
  return one;
};
tell(inner(1));
const returning = async (one) => {
  await null;
  return (two) => one + two;
};
returning(1).then((adder) => {
  tell(adder(2));
  console.log(JSON.stringify(told));
});
