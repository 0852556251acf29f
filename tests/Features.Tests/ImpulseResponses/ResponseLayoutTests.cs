namespace Tmrvc.Features.Tests;

public sealed class ResponseLayoutTests
{
    [TestCase("AIR_1_4/air_binaural_lecture_0_1_1.mat", true)]
    [TestCase("AIR_1_4/air_binaural_aula_carolina_1_1_1_90_3.mat", true)]
    [TestCase("AIR_1_4/air_phone_BT_corridor_hfrp.mat", true)]
    [TestCase("AIR_1_4/air_phone_lecture1_hhp_1.mat", true)]
    [TestCase("AIR_1_4/._air_binaural_lecture_0_1_1.mat", false)]
    [TestCase("AIR_1_4/load_air.m", false)]
    [TestCase("AIR_1_4/readme.pdf", false)]
    [TestCase("AIR_1_4/other.mat", false)]
    public void Air_takes_its_matlab_files(string path, bool expected)
    {
        Assert.That(new AirLayout().IsResponse(path), Is.EqualTo(expected));
    }

    [TestCase("VUT_FIT_Q301/MicID01/SpkID01_20171225_S/01/RIR/IR_sweep_15s_45Hzto22kHz_FS16kHz.v00.wav", true)]
    [TestCase("release/VUT_FIT_Q301/MicID01/SpkID01_20171225_S/01/RIR/IR_sweep_15s_45Hzto22kHz_FS16kHz.v00.wav", true)]
    [TestCase("VUT_FIT_Q301/MicID01/SpkID01_20171225_S/01/silence/IR_sweep_15s_45Hzto22kHz_FS16kHz.v00.wav", false)]
    [TestCase("VUT_FIT_Q301/MicID01/SpkID01_20171225_S/01/RIR/old/IR_sweep.wav", false)]
    [TestCase("VUT_FIT_Q301/MicID01/SpkID01_20171225_S/01/RIR.wav", false)]
    [TestCase("VUT_FIT_Q301/MicID01/SpkID01_20171225_S/01/RIR/._IR_sweep.wav", false)]
    [TestCase("VUT_FIT_Q301/MicID01/SpkID01_20171225_S/01/RIR/IR_sweep.txt", false)]
    [TestCase("MicID01/SpkID01_20171225_S/01/RIR/IR_sweep.wav", false)]
    [TestCase("RIR/IR_sweep.wav", false)]
    public void But_reverb_db_takes_waves_whose_folder_is_RIR_below_a_room_and_a_microphone(string path, bool expected)
    {
        Assert.That(new ButReverbDbLayout().IsResponse(path), Is.EqualTo(expected));
    }
}
