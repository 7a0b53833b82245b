//! What each construct looks like: the code as it was written, and under it as it is formatted.

use prism_syntax::format_with;

/// Narrow, so that short code shows where lines break.
const WIDTH: usize = 60;

fn page(texts: &[&str]) -> String {
    let pairs = texts.iter().map(|text| {
        let formatted = format_with(text, WIDTH).unwrap_or_else(|error| panic!("{error:?} in\n{text}"));
        format!("{}\n----\n{formatted}", text.trim_end())
    });
    pairs.collect::<Vec<_>>().join("\n====\n")
}

macro_rules! pages {
    ( $( $name:ident: [ $($text:expr),+ $(,)? ] )+ ) => { $(
        #[test]
        fn $name() {
            insta::assert_snapshot!(page(&[ $($text),+ ]));
        }
    )+ };
}

pages! {
    modules: [
        "import {a,b as c} from './x'\nimport d , {if as e,} from \"prism:vote\";import * as m from \"y\"",
        "import { the_first_function, the_second_function, the_third_function } from \"prism:vote\"",
        "import {\n  a } from \"x\"\n\n\n\nexport {a,b as default} from \"z\"\nexport * from \"w\"\nexport default x=>x+1\nexport foo=3",
        "export let a=1,b=2\nexport const parallel=(agents)=>(task)=>agents.map(a=>a.analyze(task))",
    ]
    patterns: [
        "pattern  second-opinion   v1.0.0{input{text:string max_length( 10000 ),tier?:\"free\"|\"pro\"=\"free\"}\noutput ~Label\nbudget{calls:8,cost:$0.05}\nconfidence>=0.9\n\n\nlet x=1;return x;}",
        "pattern p {\n  input {\n    text: string, customer_tier: \"free\" | \"pro\" | \"enterprise\" = \"free\"\n  }\n  // nothing else\n}",
        "pattern p {}\npattern \"with spaces\" { }",
        "pattern p {\n\n  // comes in\n  input { a: string } // here\n\n  // goes out\n  output { b: string }\n\n  f(a) // last\n\n  // the end\n\n}",
    ]
    agents: [
        "/// Knows.\nagent   A{capabilities:[\"x\"],timeout:20s;cost:$0.002\n\n\n  /// Labels.\n  fn classify( text:string,  more?:int=1 )->~Label \"Which label?\"\n}\nagent B { }",
        "agent A {\n  fn classify(the_text_of_the_ticket: string, the_tier_of_the_customer: string) -> ~Label \"Which?\"\n}",
    ]
    types: [
        "type A=|\"bug\"|'question'\ntype Box<T,U>={value:T,other?:U[]}\ntype F=(A,B)->~C?\ntype M=map<~T>\ntype O={a:A,...}",
        "type Label = \"a rather long name\" | \"another rather long name\" | \"a third name\"",
        "type R = {\n  a: string; b: (string | null)[]\n  // open\n  ...\n}",
        "type Pair<A,B>=Box<A,Box<B,C>>\nlet x=y as (T?)\nx is string",
    ]
    functions: [
        "async fn f<T>(x:T,y?:U=1)->map<~T>{return x}\nfunction g(){}\nfn h(a){\nlet b=a;b}",
        "fn combine(the_first_value: string, the_second_value: string, the_third: string) -> string { f(x) }",
        "let f=async x=>await g(x), h=function(a,b=2){return a+b}",
        "let f = ({ a, b }, [c, , d = 2, ...rest], ...more) => { a }",
    ]
    statements: [
        "let x : int=1 , y=2;;const {a~>0.9=3,b:[c,,d],...rest}=input\n;[a,b]=[b,a];x+=1;i++;--j",
        "return\n;return {a}\nassert x>1,\"why\";assert(a,b)",
        "try{f()}catch(e){g()}finally{h()}\ntry { f() } catch { g() }",
        "a()\n\n\n\nb()\nc()",
        "let total = the_first_value_of_all * the_second_value + the_third_value_of_all * the_fourth_value",
    ]
    loops: [
        "for x in xs{f(x)}\nfor(const x of xs)f(x)\nfor i,x in xs max 10{g(i,x)}\nfor(let i=0;i<3;i++){f(i)}\nfor(;;){break}",
        "while x<3 max 10{x++}\ndo{f()}while(x)\nfor all x:int,y:string{assert x>1}",
    ]
    choices: [
        "if a{b}else if(c){d}else{e}\nif(a)return b;else c\nif a {\nb } else { c }",
        "if (the_first_condition) level=\"strong\"; else if (the_second_condition) level=\"weak\"; else level=\"none\"",
        "match x{1=>a,-1|2 if b=>{c};{kind:\"a\",...rest}=>f(rest),[first,...]=>{a:1},n is string=>n,_=>null}",
        "uncertain if x,high:0.9,medium:0.6{high->a,medium=>{b};low{c}\ndefault{d\ne}}",
        "let v=a?b:c\nlet w = the_condition_that_decides ? the_value_where_it_holds : the_value_where_it_does_not",
        "let w = the_first_condition ? the_first_value_of_all : the_second_condition ? { a: 1, b: the_second_value } : other",
        "switch(x){case 1:case 2:f();break;case 3:{g();break}\ndefault:h()}",
    ]
    calls: [
        "let label=ask_until(classifiers,target:0.9){agent=>agent.classify(input.text)}\nparallel{a:f(),b:g()}\nrun { f() }",
        "let answers = parallel(the_classifiers, timeout: 30s) { agent => agent.classify(input.text) }",
        "call(the_first_argument, the_second_argument, named: the_third_argument)",
        "xs.map(x => {\n  f(x)\n})\nxs.reduce((a, b) => ({ sum: a.sum + b.sum, count: a.count + b.count }), 0)",
        "log.info(\"the message\", { first: the_first_value, second: the_second_value })",
        "xs.map(.label).filter(x=>x!=null)\nobject?.a?.[0]?.(1)~.b!.c as T",
        "let best = input.answers.filter(answer => answer.confidence > 0.5).map(answer => answer.result).first()",
        "let kept = agentResults.filter(r => r.confidence > 0.5).map(r => {\n  return r\n})",
        "new Map( [] )\nlet s = new Set",
    ]
    operators: [
        "a+b*c-(d-e)**2\n!a&&-b|| ~c\nx~@>0.8??y~>0.5\nx~?>(0.8,y)\ntypeof x===\"string\"\na  is  string\nb in c\na <~b",
        "let ok = the_first_condition && the_second_condition || the_third_condition && the_fourth_condition",
        "let label = answers |> filter(_, usable) |> group_by(_, x => x.label) |> largest ~@> 0.8 ?? \"unknown\"",
        "let x = a |> f |> g",
        "- -a\n- (-a)\n+ +b\n!(!c)",
    ]
    records: [
        "let a={x:1,'y':2,[z]:3,...rest,f(x){return x},w}\nlet b={\nx:1,y:2}\nlet c={ },d=[ ],e=[1,2,]",
        "let long = { first: the_first_value, second: the_second_value, third: 3 }",
        "let long = [the_first_value, the_second_value, the_third_value, the_fourth]",
        "let kept = [\n  1, 2,\n\n  3\n]",
    ]
    strings: [
        "let a='plain',b='with \"quotes\"',c='it\\'s',d='${x}'\nlet e=`two\n  lines   `\nlet f=\"${ a+b }\"",
        "let g = ```\nraw ${ x }\n```\nlet n = 0xFF + 10_000 + 1h30m + $0.50",
    ]
    tests: [
        "test \"one\"{mock A \"a\" calibrated replies[\"bug\"~>0.97] after 2s\nmock A \"b\" fails \"x\"\nassert calls(\"f\")==1}",
    ]
    comments: [
        "#! /usr/bin/env prismc\n/**\n * @name x\n */\n//! strict\n\n\n\n// first\n\nlet a=1 // one\n// two\nlet b=2\n\n// last",
        "f(a, // the first\n  // the second\n  b /* here */, /* there */ c)",
        "if a { // why\n  b\n} // between\n// and here\nelse { /* nothing */ }",
        "fn f() { // nothing\n}\nfn g() {\n  // nothing\n}\nfn h() { /* nothing */ }",
        "let x = [ // numbers\n  1, // one\n  2 // two\n  // three\n]\nlet y = // why\n  3",
        "let z = values // all\n  // only some\n  .filter(f)\n  .map(g) // done",
        "let w = a // first\n  && b // second\n  // third\n  || c",
        "let v = x => // why\n  f(x)",
        "match x {\n  // one\n  1 => a // here\n\n  // other\n  _ => b\n  // end\n}",
        "a /* one */ + /* two */ b\n/* before */ c()",
    ]
    line_ends: [
        "let a = 1\r\n\r\n\r\n// c\r\nlet b = 2\r\n/* x\r\n   y */\r\n",
        "",
        "\n\n  \n",
        "// only",
    ]
}
