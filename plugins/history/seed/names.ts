import type { Random } from '../../../math/random.ts';

/** Given and family names that are found together, so that an invented name sounds like somebody's. */
const cultures = [
  ['Amara Chidi Ngozi Emeka Ifeoma Tunde Folake Kelechi Zainab Sade', 'Okafor Adeyemi Eze Balogun Nwosu Obi Adebayo Okoro'],
  ['Akua Kofi Ama Kwame Efua Yaw Abena Kojo', 'Mensah Owusu Asante Boateng Osei Appiah'],
  ['Makena Wanjiru Otieno Baraka Achieng Juma Zuri Kamau', 'Kariuki Odhiambo Mwangi Njoroge Wambui Kiprono'],
  ['Lucía Mateo Camila Joaquín Valentina Diego Renata Emilio Paloma Iker', 'García Herrera Morales Castillo Ibarra Rojas Fuentes Vega'],
  ['Beatriz Rafael Inês Thiago Larissa Caio Helena Duarte', 'Silva Carvalho Teixeira Moreira Azevedo Nogueira'],
  ['Giulia Lorenzo Chiara Matteo Elisa Davide Ilaria Sandro', 'Ricci Moretti Galli Ferrara Conti Marchetti'],
  ['Camille Théo Manon Bastien Élodie Luc Noémie Adrien', 'Lefèvre Moreau Girard Fontaine Mercier Caron'],
  ['Lena Jonas Frieda Moritz Annika Till Greta Konrad', 'Vogel Brandt Seidel Krüger Lindner Hartmann'],
  ['Astrid Nils Freja Anders Sunniva Eirik Linnea Viggo', 'Lund Dahl Nyström Berge Holm Sandvik'],
  ['Aino Eetu Venla Otso Silja Kaisa', 'Korhonen Virtanen Laine Heikkilä'],
  ['Zofia Kacper Hanna Tomasz Oliwia Marek Agnieszka', 'Nowak Zieliński Wójcik Kamińska Mazur'],
  ['Nadia Pavel Oksana Taras Daryna Bohdan Larysa', 'Kovalenko Shevchenko Melnyk Bondar Hrytsenko'],
  ['Elif Emre Defne Kerem Aylin Baran Selin Ozan', 'Yılmaz Kaya Demir Aydın Şahin Arslan'],
  ['Layla Omar Yasmin Karim Salma Tariq Hanan Idris', 'Haddad Mansour Farouk Nasser Khoury Saleh'],
  ['Shirin Dariush Parisa Arash Nasrin Kian', 'Ahmadi Rostami Karimi Tehrani'],
  ['Ananya Rohan Meera Arjun Kavya Vikram Ishaan Priya Devika Nikhil', 'Sharma Iyer Banerjee Reddy Patel Menon Kulkarni Bose'],
  ['Ayesha Bilal Sana Hamza Mehreen Zara', 'Qureshi Malik Siddiqui Chaudhry'],
  ['Mei Jun Xiu Wei Lan Bo Ying Hao', 'Chen Zhang Lin Zhao Huang Xu'],
  ['Yuki Haruto Aoi Ren Sakura Kenji Emi Sota', 'Tanaka Mori Fujita Kobayashi Ishikawa Ono'],
  ['Ji-woo Min-jun Seo-yeon Ha-rin Do-yun Ye-jin', 'Kim Park Choi Yoon Kang Han'],
  ['Linh Minh Thảo Quân Ngọc Khoa', 'Nguyễn Trần Phạm Đặng Vũ'],
  ['Dewi Bayu Putri Rizal Ayu Wira', 'Santoso Wijaya Pratama Hidayat'],
  ['Malia Tane Leilani Keanu Aroha Nikau', 'Kahananui Ngata Tamatea Kealoha'],
  ['Ellie Callum Rhiannon Owen Niamh Declan Isla Rory Maeve Finn', 'Hughes Murphy Campbell Doyle Fraser Pritchard Walsh Reid'],
  ['Maya Jordan Harper Caleb Imani Wesley Naomi Desmond Tessa Marcus', 'Brooks Whitfield Coleman Bennett Rivera Ellison Hayes Monroe'],
].map((row) => row.map((names) => names.split(' ')) as [string[], string[]]);

const pick = <T>(random: Random, from: readonly T[]): T => from[Math.floor(random() * from.length)]!;

/** Lower-case ASCII letters of a name: "Thảo" gives "thao". */
const plain = (name: string): string =>
  name
    .normalize('NFD')
    .toLowerCase()
    .replaceAll('ı', 'i')
    .replaceAll('đ', 'd')
    .replace(/[^a-z]/g, '');

/** How people make a handle of their name: letters, digits and _, 2 … 30 characters. */
function handleFrom(given: string, family: string, random: Random): string {
  const [first, last] = [plain(given), plain(family)];
  const number = 10 + Math.floor(random() * 90);
  return pick(random, [
    `${first}_${last}`,
    `${first}${last[0]}${number}`,
    `${first}${number}`,
    `${last}_${first[0]}${number}`,
    `${first}_${last.slice(0, 3)}`,
    `${first}${last}`,
  ]);
}

export interface Person {
  readonly name: string;
  /** [a-z0-9_]{2,30}, no two alike */
  readonly handle: string;
}

/** Invented people from many places. Names may repeat when very many are asked for, handles never do. */
export function inventPeople(count: number, random: Random): Person[] {
  const handles = new Set<string>();
  const names = new Set<string>();
  return Array.from({ length: count }, () => {
    const draw = (): [string, string] => pick(random, cultures).map((list) => pick(random, list)) as [string, string];
    let [given, family] = draw();
    for (let again = 0; again < 9 && names.has(`${given} ${family}`); again++) [given, family] = draw();
    names.add(`${given} ${family}`);
    const wanted = handleFrom(given, family, random);
    let handle = wanted;
    for (let number = 2; handles.has(handle); number++) handle = `${wanted}${number}`;
    handles.add(handle);
    return { name: `${given} ${family}`, handle };
  });
}
