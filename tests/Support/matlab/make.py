"""Makes the MATLAB files beside this one with SciPy, which shares no code with libmatio: /usr/bin/python3 make.py, Debian package python3-scipy."""
import numpy
import scipy.io

response = numpy.zeros((1, 480))
response[0, 96] = 1
response[0, 300] = -0.25
info = {"fs": 48000.0, "room": "meeting", "distance": 1.45, "channel": "left", "rir_no": 1.0, "azimuth": numpy.zeros((0, 0)),
        "comment": numpy.array([[1.0, 2.0]])}
scipy.io.savemat("compressed.mat", {"h_air": response, "air_info": info}, do_compression=True, oned_as="row")
scipy.io.savemat("column.mat", {"h_air": response.T, "air_info": info}, do_compression=False, oned_as="row")
scipy.io.savemat("stereo.mat", {"h_air": numpy.vstack([response, response])}, do_compression=True)
scipy.io.savemat("format4.mat", {"h_air": response}, format="4")
