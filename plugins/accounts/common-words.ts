/** What people choose first. Lower case, without digits around it: the policy undoes those and the usual disguises. */
export const commonWords: ReadonlySet<string> = new Set(
  `
  password passwort passphrase passw pass passme mypassword yourpassword thepassword newpassword oldpassword
  secret topsecret mysecret letmein letmeinnow letmeinplease openup opensesame access accessgranted noaccess login loginlogin
  signin welcome welcomehome welcomeback hello hellohello helloworld goodbye changeme changemenow changeit pleasechange
  default guest user username testuser test testing testtest tester temp temporary example sample demo
  admin administrator adminadmin root rootroot superuser sysadmin master mastermind manager system server service
  qwerty qwertyui qwertyuiop qwertyqwerty qwertz qwertzuiop azerty azertyuiop asdf asdfgh asdfghjkl asdfasdf zxcv zxcvbn zxcvbnm
  qazwsx qazwsxedc qweasd qweasdzxc qweqwe qweqweqwe asdasd asdasdasd zxczxc poiuytrewq lkjhgfdsa mnbvcxz
  1q2w3e4r 1q2w3e4r5t 1q2w3e4r5t6y 1qaz2wsx 1qaz2wsx3edc zaq12wsx q1w2e3r4 q1w2e3r4t5 q1w2e3r4t5y6 a1s2d3f4 a1b2c3d4 a1b2c3d4e5
  abc abcd abcde abcdef abcdefg abcabc abc123abc abcd1234 aabbccddee alphabet onetwothree onetwothreefour
  iloveyou iloveyouso iloveyoumore iloveu iloveme ihateyou loveyou loveme lovelove love lover lovers mylove forever foreveryoung
  princess prince queen king angel angels baby babygirl babyboy sweetheart sweetie honey darling beautiful gorgeous handsome
  sunshine sunflower moonlight starlight rainbow butterfly flower flowers rose summer winter spring autumn
  january february march april may june july august september october november december
  monday tuesday wednesday thursday friday saturday sunday birthday christmas halloween holiday vacation
  dragon dragons dragonball monkey monkeys tiger tigers lion eagle eagles falcon panther wolf shadow hunter
  football baseball basketball hockey soccer softball golf tennis champion champions liverpool chelsea arsenal barcelona realmadrid
  cowboys yankees lakers steelers rangers packers
  batman superman spiderman ironman starwars startrek pokemon pikachu naruto minecraft fortnite nintendo playstation xbox
  matrix terminator godfather gandalf hogwarts harrypotter voldemort frodo jedi skywalker darthvader
  michael jordan jennifer jessica ashley michelle daniel charlie robert thomas matthew anthony andrew joshua george
  computer internet google facebook instagram youtube netflix amazon microsoft windows apple samsung linux
  trustno trustme trustnobody whatever nothing something anything everything dontknow idontknow nopassword forgot iforgot forgotten
  freedom liberty america england london paris berlin canada australia germany
  money dollar million millionaire rich diamond diamonds gold golden silver platinum
  jesus jesuschrist jesusislord blessed godisgood godisgreat faith heaven
  mustang ferrari porsche mercedes corvette harley yamaha
  cheese chocolate cookie cookies banana pepper ginger coffee pizza
  purple orange yellow green blue red black white blackwhite
  family friends friendship mother father brother sister mommy daddy
  ninja warrior killer samurai thunder lightning phoenix maverick ranger
  movie movies film films cinema moviefan marquee popcorn hollywood recommendation
  correcthorsebatterystaple thisismypassword thisisapassword thisisasecret thequickbrownfox
`
    .trim()
    .split(/\s+/),
);
