/** Surnames of nine people in ten, simplified and traditional, and the compound ones: they tell text from its ruins. */
const COMMON =
  '王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许邓韩冯曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤温康施文牛樊葛邢安齐易乔伍庞颜倪庄聂章鲁岳翟殷詹申欧耿关兰焦俞左柳甘祝包宁尚符舒阮柯纪梅童凌毕单季裴霍涂成苗谷盛曲翁冉骆蓝路游辛靳欧管柴蒙鲍华喻祁蒲房滕屈饶解牟艾尤阳时穆农司卓古吉缪简车项连芦麦褚娄窦戚岑景党宫费卜冷晏席卫米柏宗瞿桂全佟应臧闵苟邬边卞姬师和仇栾隋商刁沙荣巫寇桑郎甄丛仲虞敖巩明佘池查麻苑迟邝官封谈匡鞠惠荆乐冀郁胥南班储原栗燕楚鄢劳谌奚皮粟冼蔺楼盘满闻位厉伊';
const TRADITIONAL =
  '張劉陳楊黃趙吳孫馬羅鄭謝許鄧韓馮葉蘇魏呂盧鍾鐘譚陸範賈韋鄒閻龍賀顧龔萬錢嚴湯慶喬龐顏倪莊聶魯歐關蘭齊紀畢單塗駱藍蔣蕭閆時農車項連蘆麥婁竇黨宮費衛應閔鄔邊師欒榮叢鞏遲鄺談樂儲';

const heads = new Set([...COMMON, ...TRADITIONAL]);

/** True when a text of Han characters begins as names do. */
export function beginsWithSurname(text: string): boolean {
  return heads.has(text[0] ?? '');
}
