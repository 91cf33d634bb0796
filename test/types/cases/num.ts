// Exact arithmetic on number literals.
import type { Add, Compare, DivMod, Multiply, Subtract } from "../../../src/shape/types/decimal.js";
import { holds, type Equal } from "./expect.js";

holds<Equal<Add<999, 1>, 1000>>();
holds<Equal<Add<1, 999>, 1000>>();
holds<Equal<Add<0, 0>, 0>>();
holds<Equal<Add<5, 5>, 10>>();
holds<Equal<Add<768, 3072>, 3840>>();
holds<Equal<Add<30522, 5>, 30527>>();
holds<Equal<Add<4503599627370496, 4503599627370495>, 9007199254740991>>();

holds<Equal<Subtract<1000, 1>, 999>>();
holds<Equal<Subtract<5, 5>, 0>>();
holds<Equal<Subtract<3072, 768>, 2304>>();
holds<Equal<Subtract<100000, 99999>, 1>>();
holds<Equal<Subtract<3, 5>, 0>>();

holds<Equal<Multiply<12, 64>, 768>>();
holds<Equal<Multiply<30522, 768>, 23440896>>();
holds<Equal<Multiply<123456, 654321>, 80779853376>>();
holds<Equal<Multiply<0, 5>, 0>>();
holds<Equal<Multiply<5, 0>, 0>>();
holds<Equal<Multiply<100, 100>, 10000>>();
holds<Equal<Multiply<9007199254740991, 1>, 9007199254740991>>();
holds<Equal<Multiply<94906265, 94906265>, 9007199136250225>>();

holds<Equal<DivMod<768, 12>, ["64", "0"]>>();
holds<Equal<DivMod<768, 7>, ["109", "5"]>>();
holds<Equal<DivMod<2304, 3>, ["768", "0"]>>();
holds<Equal<DivMod<5, 9>, ["0", "5"]>>();
holds<Equal<DivMod<1000, 10>, ["100", "0"]>>();
holds<Equal<DivMod<9007199254740991, 9007>, ["1000022122209", "4528"]>>();

holds<Equal<Compare<"10", "9">, "greater">>();
holds<Equal<Compare<"9", "10">, "less">>();
holds<Equal<Compare<"19", "21">, "less">>();
holds<Equal<Compare<"768", "768">, "equal">>();
